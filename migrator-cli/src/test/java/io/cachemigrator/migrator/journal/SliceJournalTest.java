package io.cachemigrator.migrator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices are claimed once, finished by who holds them, and claimed again when their owner is gone. */
@Tag("CLI-7")
@Tag("CLI-8")
class SliceJournalTest {
    private static final String PART = "entries";

    @TempDir
    Path folder;

    private JournalDatabase database;
    private RunLock leader;
    private RunLock helper;
    private SliceJournal leading;
    private SliceJournal helping;

    @BeforeEach
    void start() {
        database = JournalDatabase.open(JournalUrl.file(folder.resolve("journal.db")));
        leader = RunLock.acquire(database, "here", "leads");
        helper = RunLock.join(database, "here", "helps");
        RunJournal journal = new RunJournal(database);
        journal.startRun(
                new RunRecord("run", "here", "there", "", "{}", RunState.RUNNING, null, "{}", Instant.EPOCH, null),
                List.of("data"));
        leading = journal.slices("run", leader);
        helping = journal.slices("run", helper);
        leading.begin(PART, "server", "0", "");
    }

    @AfterEach
    void stop() {
        helping.close();
        leading.close();
        helper.close();
        leader.close();
        database.close();
    }

    private void handOut(int slices) {
        leading.handOut(
                PART,
                IntStream.range(0, slices).mapToObj(SliceJournalTest::keys).toList(),
                "7",
                true);
    }

    private static List<byte[]> keys(int number) {
        return List.of(("key:" + number).getBytes(StandardCharsets.UTF_8), new byte[] {0, -1, (byte) number});
    }

    private static String plusOne(String counts) {
        return counts + "+";
    }

    private String counts() {
        return leading.checkpoints().get(0).counts();
    }

    @Test
    void claim_byManyAtOnce_givesEachSliceToOne() throws InterruptedException {
        handOut(200);
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        List<String> twice = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (SliceJournal journal : List.of(leading, helping, leading, helping)) {
            Thread thread = new Thread(() -> {
                Slice slice = journal.claim(PART);
                while (slice != null) {
                    if (!seen.add(slice.number())) {
                        twice.add("slice " + slice.number());
                    }
                    slice = journal.finish(slice, SliceJournalTest::plusOne, List.of(), true)
                            .next();
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(twice).isEmpty();
        assertThat(seen).hasSize(200);
        assertThat(leading.open(PART)).isZero();
        assertThat(counts()).as("every slice added its counters once").hasSize(200);
    }

    @Test
    void claim_keysOfAnyBytes_comeBack() {
        handOut(1);
        Slice slice = leading.claim(PART);
        assertThat(slice.keys()).usingRecursiveComparison().isEqualTo(keys(0));
        assertThat(helping.claim(PART)).as("what is held is not claimed").isNull();
    }

    @Test
    void finish_afterTheLeaseWasTakenAway_isRefusedAndTheSliceIsDoneByAnother() {
        handOut(1);
        Slice held = helping.claim(PART);
        database.update("update cm_lock set lease_until = ? where owner = ?", database.now() - 1, helper.owner());
        assertThat(leading.claim(PART))
                .as("not before its lease was taken away")
                .isNull();
        new Participants(database, "here").bury();
        Slice again = leading.claim(PART);
        assertThat(again.fence()).isEqualTo(held.fence() + 1);
        MigratorException refused = catchThrowableOfType(
                MigratorException.class, () -> helping.finish(held, SliceJournalTest::plusOne, List.of(), false));
        assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED);
        assertThat(counts()).isEmpty();
        assertThat(leading.finish(again, SliceJournalTest::plusOne, List.of(), false)
                        .taken())
                .isTrue();
        assertThat(counts()).isEqualTo("+");
        assertThat(catchThrowableOfType(MigratorException.class, helper::check).code())
                .as("nor may it write to the target")
                .isEqualTo(ErrorCode.LOCKED);
    }

    @Test
    void finish_claimedAgainMeanwhile_countsNothing() {
        handOut(1);
        Slice held = helping.claim(PART);
        database.update("update cm_slice set fence = fence + 1");
        SliceJournal.Finished finished = helping.finish(
                held, SliceJournalTest::plusOne, List.of(new QuarantineRecord("k", "s", "r", "d")), true);
        assertThat(finished.taken()).isFalse();
        assertThat(counts()).isEmpty();
        assertThat(new RunJournal(database).quarantineCount("run")).isZero();
    }

    @Test
    void bury_deadProcessOfThisMachine_isAtOnce() {
        handOut(1);
        Slice held = helping.claim(PART);
        assertThat(held).isNotNull();
        Participants participants = new Participants(database, "here");
        assertThat(participants.alive())
                .extracting(Participants.Participant::owner)
                .containsExactly(helper.owner());
        participants.bury();
        assertThat(participants.alive()).as("the living stay").hasSize(1);
        String dead =
                new LockHolder("helps", Integer.MAX_VALUE, LockHolder.here("").host(), Instant.EPOCH).toText();
        database.update("update cm_lock set holder = ? where owner = ?", dead, helper.owner());
        assertThat(participants.first()).isNull();
        participants.bury();
        assertThat(leading.claim(PART).number()).isEqualTo(held.number());
    }

    @Test
    void begin_anotherServerGaveTheCursor_beginsAnewAndForgetsWhatWasHeld() {
        handOut(2);
        Slice held = helping.claim(PART);
        assertThat(leading.begin(PART, "server", "0", "").position()).isEqualTo("7");
        assertThat(leading.begin(PART, "restarted", "0", ""))
                .isEqualTo(new Checkpoint(PART, "0", "restarted", "", false, false));
        assertThat(leading.open(PART)).isZero();
        assertThat(helping.finish(held, SliceJournalTest::plusOne, List.of(), false)
                        .taken())
                .isFalse();
        assertThat(counts()).isEmpty();
    }

    @Test
    void acquireAlone_whileOneThatJoinedIsLeft_isRefused() {
        leader.close();
        MigratorException refused =
                catchThrowableOfType(MigratorException.class, () -> RunLock.acquireAlone(database, "here", "undoes"));
        assertThat(refused.why()).contains("'helps'");
        helper.close();
        RunLock.acquireAlone(database, "here", "undoes").close();
    }
}
