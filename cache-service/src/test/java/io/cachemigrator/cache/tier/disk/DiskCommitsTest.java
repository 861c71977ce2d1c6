package io.cachemigrator.cache.tier.disk;

import static io.cachemigrator.cache.tier.disk.DiskTiers.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that threads ask for at once share a transaction, and only that. */
@Tag("SVC-3")
class DiskCommitsTest {
    private static final String ADD = "INSERT INTO lease(region, id, owner, since, until) VALUES('r', ?, 'o', 0, 1)";

    private final AtomicInteger transactions = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentHashMap<String, String> outcomes = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private DiskDatabase database;

    @BeforeEach
    void open() throws Exception {
        DiskCommits.Frame frame = new DiskCommits.Frame() {
            @Override
            public void begin(DiskSession session) {
                transactions.incrementAndGet();
            }

            @Override
            public void end(DiskSession session) {}
        };
        database = new DiskDatabase(DiskFolder.of(folder), frame, Duration.ofSeconds(10));
        CountDownLatch entered = new CountDownLatch(1);
        change("first", session -> {
            entered.countDown();
            awaitQuietly(held);
            return session.update(ADD, DiskEntries.key("first"));
        });
        entered.await();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static void awaitQuietly(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new SQLException(unexpected);
        }
    }

    private void change(String name, DiskDatabase.Work<Integer> work) {
        Thread thread = new Thread(() -> {
            try {
                outcomes.put(name, "stored " + database.write(work));
            } catch (TierUnavailableException | RuntimeException failure) {
                outcomes.put(name, failure.getClass().getSimpleName());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void letGoOnceAllWait() throws Exception {
        for (Thread thread : threads) {
            await(() -> thread.getState() == Thread.State.WAITING);
        }
        held.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private long stored(String name) throws Exception {
        return database.read(
                session -> session.number("SELECT count(*) FROM lease WHERE id = ?", 0, DiskEntries.key(name)));
    }

    @Test
    void changesAskedForMeanwhile_areCommittedTogether() throws Exception {
        for (int i = 0; i < 20; i++) {
            byte[] id = DiskEntries.key("k" + i);
            change("k" + i, session -> session.update(ADD, id));
        }
        letGoOnceAllWait();

        assertThat(outcomes)
                .hasSize(21)
                .allSatisfy((name, outcome) -> assertThat(outcome).isEqualTo("stored 1"));
        assertThat(transactions).hasValue(2);
        for (int i = 0; i < 20; i++) {
            assertThat(stored("k" + i)).isEqualTo(1);
        }
    }

    @Test
    void changeThatFails_takesNoOtherWithIt() throws Exception {
        change("before", session -> session.update(ADD, DiskEntries.key("before")));
        change("bad", session -> {
            session.update(ADD, DiskEntries.key("bad"));
            return session.update("INSERT INTO nowhere VALUES(1)");
        });
        change("worse", session -> {
            session.update(ADD, DiskEntries.key("worse"));
            throw new IllegalStateException("a defect");
        });
        change("after", session -> session.update(ADD, DiskEntries.key("after")));
        letGoOnceAllWait();

        assertThat(outcomes)
                .containsEntry("before", "stored 1")
                .containsEntry("bad", "TierUnavailableException")
                .containsEntry("worse", "IllegalStateException")
                .containsEntry("after", "stored 1");
        assertThat(stored("before")).isEqualTo(1);
        assertThat(stored("after")).isEqualTo(1);
        assertThat(stored("bad")).isZero();
        assertThat(stored("worse")).isZero();
    }

    @Test
    void changeOfAnInterruptedThread_isCommittedAndTheInterruptKept() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        Thread thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                database.write(session -> session.update(ADD, DiskEntries.key("k")));
            } catch (TierUnavailableException failure) {
                outcomes.put("k", failure.reason());
            }
            interrupted.set(Thread.interrupted() ? 1 : 0);
        });
        thread.start();
        held.countDown();
        thread.join();
        assertThat(outcomes).doesNotContainKey("k");
        assertThat(interrupted).hasValue(1);
        assertThat(stored("k")).isEqualTo(1);
    }
}
