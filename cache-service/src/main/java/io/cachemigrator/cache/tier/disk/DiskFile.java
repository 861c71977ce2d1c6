package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One opened file: a session that writes, and some that read. It is good as long as the file at its path is the one that was
 * opened.
 */
final class DiskFile {
    static final String NAME = "cache.db";

    /** Reads run in as many sessions; more would wait for a processor anyway. */
    private static final int READERS =
            Math.min(8, Math.max(4, Runtime.getRuntime().availableProcessors()));

    /** What readers keep in memory together, in KiB. */
    private static final int READERS_CACHE = 128 << 10;

    private static final int WRITER_CACHE = 8 << 10;

    /** Readers look whether their file is still there not more often than this: it takes half as long as a read. */
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Commits after which the log is written back: some five to ten times as many pages. */
    private static final long CHECKPOINT_COMMITS = 500;

    private final Path path;
    private final Duration patience;
    private final @Nullable Object identity;
    private final DiskSignal signal;
    private final DiskCommits commits;
    private final Map<String, Integer> regions = new ConcurrentHashMap<>();
    private final Semaphore reading = new Semaphore(READERS);

    /** Idle ones; the one used last is used next, so that no more of them fill their cache than are needed at once. */
    private final Deque<DiskSession> readers = new ConcurrentLinkedDeque<>();

    private volatile long lookedAt;

    /** State of the signal at the last checkpoint; used by the upkeep only. */
    private long checkpointed;

    /** Opens the file of a folder; both are made when missing. */
    DiskFile(DiskFolder folder, DiskCommits.Frame frame, Duration patience)
            throws SQLException, IOException, TierUnavailableException {
        folder.prepare();
        this.patience = patience;
        this.path = folder.path().resolve(NAME);
        this.signal = new DiskSignal(folder.path());
        DiskSession writer = new DiskSession(path, regions, WRITER_CACHE, patience);
        long version = DiskSchema.prepare(writer);
        if (version > DiskSchema.VERSION) {
            writer.close();
            throw new TierUnavailableException(
                    "the file has format " + version + ", and this version reads format " + DiskSchema.VERSION
                            + "; use a newer release or another folder",
                    null);
        }
        this.commits = new DiskCommits(writer, signal, frame);
        this.identity = identityOf(path);
    }

    private static @Nullable Object identityOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Whether the path still leads to this file; when its folder was deleted, writes would go nowhere. */
    boolean isCurrent() {
        try {
            Object now = identityOf(path);
            return now == null || now.equals(identity);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** As {@link #isCurrent}, though it may be a moment late to notice. */
    boolean isCurrentForReads() {
        long now = System.nanoTime();
        if (now - lookedAt < LOOK_NANOS) {
            return true;
        }
        lookedAt = now;
        return isCurrent();
    }

    DiskCommits commits() {
        return commits;
    }

    /** Runs a read that sees all that was committed. */
    <T extends @Nullable Object> T read(DiskDatabase.Work<T> work) throws SQLException {
        reading.acquireUninterruptibly();
        try {
            @Nullable DiskSession idle = readers.pollFirst();
            DiskSession reader =
                    idle == null ? new DiskSession(path, regions, READERS_CACHE / READERS, patience) : idle;
            boolean done = false;
            try {
                reader.refresh(signal, System.nanoTime());
                T result = work.on(reader);
                reader.keepRegions();
                done = true;
                return result;
            } finally {
                giveBack(reader, done);
            }
        } finally {
            reading.release();
        }
    }

    /** Takes a session back, to be used again if it worked. */
    private void giveBack(DiskSession reader, boolean worked) throws SQLException {
        if (worked) {
            readers.addFirst(reader);
        } else if (isCurrent()) {
            reader.close();
        }
    }

    /** Writes the log back to the file once there is enough of it, so that those who write need not. */
    void checkpoint() throws SQLException {
        long commits = signal.value();
        if (commits - checkpointed >= CHECKPOINT_COMMITS || commits < checkpointed) {
            checkpointed = commits;
            read(session -> {
                session.letGo();
                return session.number("PRAGMA wal_checkpoint(PASSIVE)", 0);
            });
            // readers begin anew, after what is now in the file: the log can start over
            signal.raise();
        }
    }

    /** Ends the snapshots that idle readers hold. */
    void letGo() throws SQLException {
        Deque<DiskSession> idle = new ArrayDeque<>();
        while (reading.tryAcquire()) {
            @Nullable DiskSession reader = readers.pollLast();
            if (reader == null) {
                reading.release();
                break;
            }
            idle.addLast(reader);
        }
        try {
            while (!idle.isEmpty()) {
                DiskSession reader = idle.removeFirst();
                boolean done = false;
                try {
                    reader.letGo();
                    done = true;
                } finally {
                    giveBack(reader, done);
                    reading.release();
                }
            }
        } finally {
            reading.release(idle.size());
        }
    }

    /**
     * Closes all sessions. Only for a file that is still current: SQLite removes the write-ahead log by its path, which would
     * be another file's by then. A file that is not current is left to the end of the process.
     */
    void close() throws SQLException {
        for (DiskSession reader = readers.pollFirst(); reader != null; reader = readers.pollFirst()) {
            reader.close();
        }
        commits.close();
    }
}
