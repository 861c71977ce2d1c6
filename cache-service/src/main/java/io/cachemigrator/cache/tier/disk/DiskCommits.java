package io.cachemigrator.cache.tier.disk;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a file in this process. Changes that threads ask for while a transaction runs are made together in the
 * next one, by the first of those threads; each thread goes on once its change is committed. When a transaction fails, it is
 * rolled back and its changes are made one by one, so that only those fail that must. Thread safe.
 */
final class DiskCommits {
    private static final int MOST_TOGETHER = 128;

    private final DiskSession session;
    private final DiskSignal signal;
    private final Frame frame;
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();

    DiskCommits(DiskSession session, DiskSignal signal, Frame frame) {
        this.session = session;
        this.signal = signal;
        this.frame = frame;
    }

    /** What every transaction begins and ends with. */
    interface Frame {
        void begin(DiskSession session) throws SQLException;

        void end(DiskSession session) throws SQLException;
    }

    /** Makes a change; returns when it is committed. */
    <T extends @Nullable Object> T make(DiskDatabase.Work<T> work) throws SQLException {
        Change<T> change = new Change<>(work, Thread.currentThread());
        waiting.add(change);
        boolean interrupted = false;
        while (!change.done) {
            if (led.compareAndSet(false, true)) {
                lead();
            } else {
                LockSupport.park(this);
                // it must not end before its change is decided; the caller is told afterwards
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return change.result();
    }

    private void lead() {
        List<Change<?>> together = new ArrayList<>();
        try {
            while (together.size() < MOST_TOGETHER && !waiting.isEmpty()) {
                together.add(waiting.remove());
            }
            if (!together.isEmpty()) {
                commit(together);
            }
        } finally {
            led.set(false);
            // whoever adds a change after this has seen that nobody leads
            @Nullable Change<?> next = waiting.peek();
            if (next != null) {
                LockSupport.unpark(next.owner);
            }
            for (Change<?> change : together) {
                LockSupport.unpark(change.owner);
            }
        }
    }

    private void commit(List<Change<?>> together) {
        boolean begun = false;
        try {
            session.statement("BEGIN IMMEDIATE").executeUpdate();
            begun = true;
            frame.begin(session);
            for (Change<?> change : together) {
                change.run(session);
            }
            frame.end(session);
            session.statement("COMMIT").executeUpdate();
            session.keepRegions();
        } catch (SQLException | RuntimeException | Error failure) {
            if (begun) {
                rollBack(failure);
            }
            if (begun && together.size() > 1) {
                together.forEach(change -> commit(List.of(change)));
            } else {
                together.forEach(change -> change.end(failure));
            }
            return;
        }
        signal.raise();
        together.forEach(change -> change.end(null));
    }

    private void rollBack(Throwable failure) {
        session.forgetRegions();
        try {
            session.execute("ROLLBACK");
        } catch (SQLException already) {
            // a full disk and the like have rolled it back
            failure.addSuppressed(already);
        }
    }

    void close() throws SQLException {
        session.close();
    }

    private static final class Change<T extends @Nullable Object> {
        private final DiskDatabase.Work<T> work;
        private final Thread owner;
        private @Nullable T result;
        private @Nullable Throwable failure;
        private volatile boolean done;

        private Change(DiskDatabase.Work<T> work, Thread owner) {
            this.work = work;
            this.owner = owner;
        }

        private void run(DiskSession session) throws SQLException {
            result = work.on(session);
        }

        private void end(@Nullable Throwable why) {
            failure = why;
            done = true;
        }

        @SuppressWarnings("NullAway") // null only where the work's own type admits it
        private T result() throws SQLException {
            if (failure instanceof SQLException known) {
                throw known;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            return result;
        }
    }
}
