package io.cachemigrator.migrator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One holder at a time, a lease that ends, and a journal that says when it is full. */
@Tag("CLI-8")
class RunLockTest {
    @TempDir
    Path folder;

    private JournalDatabase open() {
        return JournalDatabase.open(JournalUrl.file(folder.resolve("journal.db")));
    }

    private static void held(JournalDatabase database, String holder, long leaseUntil) {
        database.update(
                "insert into cm_lock (name, owner, holder, fence, lease_until) values ('here', 'other', ?, 1, ?)",
                holder,
                leaseUntil);
    }

    @Test
    void acquire_free_isHeldUntilClosed() {
        try (JournalDatabase database = open()) {
            try (RunLock lock = RunLock.acquire(database, "here", "a test")) {
                lock.check();
                assertThat(RunLock.holder(database, "here"))
                        .contains("'a test', process " + ProcessHandle.current().pid());
                assertThat(RunLock.holder(database, "there")).isNull();
                MigratorException refused = catchThrowableOfType(
                        MigratorException.class, () -> RunLock.acquire(database, "here", "another"));
                assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED);
                assertThat(refused.why()).contains("'a test'");
                RunLock.acquire(database, "there", "another project").close();
            }
            assertThat(RunLock.holder(database, "here")).isNull();
            RunLock.acquire(database, "here", "another").close();
        }
    }

    @Test
    void acquire_leaseOfAnotherMachineHeld_isRefusedUntilItEnds() {
        try (JournalDatabase database = open()) {
            held(database, "1\nanother-machine\n2026-01-01T00:00:00Z\nmigrator migrate", database.now() + 60_000);
            MigratorException refused =
                    catchThrowableOfType(MigratorException.class, () -> RunLock.acquire(database, "here", "me"));
            assertThat(refused.why()).contains("process 1 on another-machine");
            database.update("update cm_lock set lease_until = ?", database.now() - 1);
            try (RunLock lock = RunLock.acquire(database, "here", "me")) {
                lock.check();
                assertThat(database.query("select fence from cm_lock", row -> row.getLong(1)))
                        .isEqualTo(List.of(2L));
            }
        }
    }

    @Test
    void journalWrite_lockTakenOverMeanwhile_isRefusedAndLeavesWhatTheNewHolderWrote() {
        try (JournalDatabase database = open();
                RunLock lock = RunLock.acquire(database, "here", "paused for long")) {
            RunJournal old = new RunJournal(database).heldBy(lock);
            RunRecord run = new RunRecord(
                    "run", "here", "there", "", "{}", RunState.RUNNING, null, "{}", java.time.Instant.EPOCH, null);
            old.startRun(run, List.of("data"));
            SliceJournal slices = old.slices("run", lock);
            slices.begin("entries", "server", "0", "{}");
            slices.handOut("entries", List.of(), "7", false);
            database.update("update cm_lock set owner = 'new'");
            RunJournal next = new RunJournal(database);
            next.step("run", new StepRecord(0, "data", StepState.RUNNING, "{}", 1));
            for (Runnable write : List.<Runnable>of(
                    () -> slices.handOut("entries", List.of(), "8", true),
                    () -> slices.done("entries"),
                    () -> old.step("run", new StepRecord(0, "data", StepState.FAILED, "{}", 1)),
                    () -> old.runState("run", RunState.FAILED, "FAILED", null))) {
                MigratorException refused = catchThrowableOfType(MigratorException.class, write::run);
                assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED);
            }
            assertThat(next.checkpoints("run"))
                    .containsExactly(new Checkpoint("entries", "7", "server", "{}", false, false));
            slices.close();
            assertThat(next.steps("run").get(0).state()).isEqualTo(StepState.RUNNING);
            assertThat(next.runs("here").get(0).state()).isEqualTo(RunState.RUNNING);
        }
    }

    @Test
    void close_lockTakenOverMeanwhile_leavesItToTheNewHolder() {
        try (JournalDatabase database = open()) {
            RunLock lock = RunLock.acquire(database, "here", "paused for long");
            database.update("update cm_lock set owner = 'new'");
            lock.close();
            assertThat(database.query("select owner from cm_lock", row -> row.getString(1)))
                    .isEqualTo(List.of("new"));
        }
    }

    @Test
    void write_noRoomLeft_isSaidAndTheJournalStaysReadable() {
        try (JournalDatabase database = open()) {
            long pages =
                    database.query("pragma page_count", row -> row.getLong(1)).get(0);
            // as a full disk: the file may not grow any more
            assertThat(database.query("pragma max_page_count = " + pages, row -> row.getLong(1)))
                    .isEqualTo(List.of(pages));
            MigratorException full = catchThrowableOfType(
                    MigratorException.class,
                    () -> database.update(
                            "insert into cm_lock (name, owner, holder, fence, lease_until) values (?, '', '', 1, 0)",
                            "x".repeat(1_000_000)));
            assertThat(full.code()).isEqualTo(ErrorCode.JOURNAL_UNUSABLE);
            assertThat(full.why()).contains("SQLITE_FULL");
            assertThat(full.fix()).startsWith("Free room on its disk").contains("--resume");
            assertThat(new RunJournal(database).runs("any")).isEmpty();
        }
    }

    @Test
    void open_twice_upgradesOnceAndReadingNeverCreates() {
        JournalUrl url = JournalUrl.file(folder.resolve("sub/journal.db"));
        assertThat(JournalDatabase.openForReading(url)).isNull();
        assertThat(folder.resolve("sub")).doesNotExist();
        JournalDatabase.open(url).close();
        try (JournalDatabase database = JournalDatabase.open(url)) {
            assertThat(database.query(
                            "select count(*) from flyway_schema_history where version is not null",
                            row -> row.getLong(1)))
                    .isEqualTo(List.of((long) JournalDatabase.SCHEMA_VERSION));
        }
        assertThat(new JournalUrl("jdbc:postgresql://u:secret@h/db?password=secret"))
                .hasToString("jdbc:postgresql://***@h/db");
    }
}
