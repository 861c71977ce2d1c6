package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.OneServer;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes copy one run, and any of them may die. */
@Tag("CLI-7")
@Tag("CLI-8")
class JoinTest {
    private static final int KEYS = 3_000;

    @TempDir
    Path folder;

    private OneServer one;
    /** Options that every process gets; of an option given twice the last counts. */
    private String[] options = {};

    @BeforeEach
    void start() {
        one = OneServer.start(folder, KEYS);
    }

    @AfterEach
    void stop() {
        one.close();
    }

    private CliProcess process(String... arguments) {
        return CliProcess.start(
                one.project().root(),
                Stream.of(new String[] {"migrate", "--yes"}, arguments, one.stores(), options)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    private Cli cli() {
        return Cli.in(one.project().root()).always(one.stores()).always(options);
    }

    /** Those that were to join have: the rest need not take long. */
    private void hurry() {
        assertThat(cli().run("control", "--rate", "0").exitCode()).isZero();
    }

    /** Every key was counted once, by whoever has copied it. */
    private void everyKeyIsCopiedAndCountedOnce() {
        JsonNode run = cli().json("status").document().at("/runs/0");
        assertThat(run.get("state").asText()).isEqualTo("COMPLETED");
        assertThat(run.get("keysScanned").asLong()).isEqualTo(KEYS);
        assertThat(run.get("keysWritten").asLong()).isEqualTo(KEYS);
        assertThat(TargetEntries.of(one.target())).hasSize(KEYS);
        assertThat(cli().run("validate").exitCode()).isZero();
    }

    @Test
    void join_bothLive_shareTheCopyAndTellTheSame() {
        try (CliProcess first = process("--rate", "100", "--output", "json")) {
            first.await("  data: ");
            try (CliProcess second = process("--join", "--output", "json")) {
                second.await(" keys copied here");
                first.await(", 2 processes");
                JsonNode status = cli().json("status").document();
                assertThat(status.get("lock").asText()).contains("process " + first.pid());
                assertThat(status.at("/joined/0/process").asText())
                        .contains("'migrator migrate --join', process " + second.pid());
                assertThat(status.at("/runs/0/part").asText()).isEqualTo("entries");
                assertThat(status.at("/runs/0/keysPerSecond").asDouble()).isPositive();
                assertThat(status.at("/runs/0/secondsLeft").asDouble()).isPositive();
                assertThat(cli().run("status").out()).contains("  helping: 'migrator migrate --join'");
                Cli.Outcome third = cli().run("migrate", "--yes");
                assertThat(third.error().get(0)).startsWith("CM-402");
                hurry();
                assertThat(first.exitCode()).as(first.err()).isZero();
                assertThat(second.exitCode()).as(second.err()).isZero();
                assertThat(second.err()).contains("has ended: COMPLETED");
                assertThat(Cli.document(second.out()).get("keySpaces"))
                        .isEqualTo(Cli.document(first.out()).get("keySpaces"));
            }
        }
        everyKeyIsCopiedAndCountedOnce();
    }

    @Test
    void join_theOneThatJoinedIsKilled_theFirstFinishes() {
        try (CliProcess first = process("--rate", "100")) {
            first.await("  data: ");
            try (CliProcess second = process("--join", "--threads", "4")) {
                second.await(" keys copied here").kill();
            }
            hurry();
            assertThat(first.exitCode()).as(first.err()).isZero();
        }
        everyKeyIsCopiedAndCountedOnce();
    }

    @Test
    void join_theFirstIsKilled_theOneThatJoinedFinishes() {
        try (CliProcess first = process("--rate", "100")) {
            first.await("  data: ");
            try (CliProcess second = process("--join")) {
                second.await(" keys copied here");
                first.kill();
                second.await("Nobody leads run ");
                hurry();
                assertThat(second.exitCode()).as(second.err()).isZero();
            }
        }
        everyKeyIsCopiedAndCountedOnce();
    }

    @Test
    void join_theOneThatJoinedIsStoppedForLongerThanItsLease_isFencedOff() {
        // slow enough to still be at it when the lease of the other one has ended
        try (CliProcess first = process("--rate", "120")) {
            first.await("  data: ");
            try (CliProcess second = process("--join", "--threads", "2")) {
                second.await(" keys copied here").signal("STOP");
                assertThat(first.exitCode()).as(first.err()).isZero();
                everyKeyIsCopiedAndCountedOnce();
                second.signal("CONT");
                assertThat(second.exitCode()).as(second.err()).isEqualTo(4);
                assertThat(second.err()).contains("CM-402 This run lost its lock");
            }
        }
        everyKeyIsCopiedAndCountedOnce();
    }

    @Test
    void join_interrupted_leavesTheRunToTheOthers() {
        try (CliProcess first = process("--rate", "100")) {
            first.await("  data: ");
            try (CliProcess second = process("--join")) {
                second.await(" keys copied here").signal("TERM");
                assertThat(second.exitCode()).isEqualTo(5);
                assertThat(second.err()).contains("CM-701", "The run goes on without this process");
            }
            hurry();
            assertThat(first.exitCode()).as(first.err()).isZero();
        }
        everyKeyIsCopiedAndCountedOnce();
    }

    @Test
    void join_journalInPostgresql_anyMayDie() throws IOException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            options = new String[] {"--journal", database.getJdbcUrl("postgres", "postgres")};
            try (CliProcess first = process("--rate", "100")) {
                first.await("  data: ");
                try (CliProcess second = process("--join");
                        CliProcess third = process("--join")) {
                    second.await(" keys copied here");
                    third.await(" keys copied here");
                    first.kill();
                    second.kill();
                    hurry();
                    assertThat(third.exitCode()).as(third.err()).isZero();
                }
            }
            everyKeyIsCopiedAndCountedOnce();
        }
    }

    @Test
    void join_sourceIsADump_theOneThatJoinedFinishes() throws IOException {
        Path dump = Files.writeString(
                folder.resolve("dump.json"),
                IntStream.range(0, KEYS)
                        .mapToObj(i -> "{\"key\": \"ngx:conv:" + i + "\", \"value\": " + i + ", \"ttl\": 86400}")
                        .collect(Collectors.joining(", ", "{\"entries\": [", "]}")));
        options = new String[] {"--legacy", "dump:" + dump};
        try (CliProcess first = process("--rate", "100")) {
            first.await("  data: ");
            try (CliProcess second = process("--join")) {
                second.await(" keys copied here");
                first.kill();
                second.await("Nobody leads run ");
                hurry();
                assertThat(second.exitCode()).as(second.err()).isZero();
            }
        }
        everyKeyIsCopiedAndCountedOnce();
    }

    @Test
    void join_noRunAtWork_isRefused() {
        assertThat(cli().run("migrate", "--join", "--yes").error().get(0)).startsWith("CM-406 There is no run to join");
        assertThat(cli().run("migrate", "--yes").exitCode()).isZero();
        Cli.Outcome late = cli().run("migrate", "--join", "--yes");
        assertThat(late.exitCode()).isEqualTo(4);
        assertThat(late.error()).hasSize(3);
    }

    @Test
    void join_withWhatIsSettledAtTheStart_isAUsageError() {
        for (String[] other : new String[][] {{"--rate", "5"}, {"--resume"}, {"--only", "data"}, {"--no-backup"}}) {
            List<String> line = new ArrayList<>(List.of("migrate", "--join", "--yes"));
            line.addAll(List.of(other));
            Cli.Outcome outcome = cli().run(line.toArray(String[]::new));
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.error().get(0)).contains("takes --join or " + other[0] + ", not both");
        }
    }

    @Test
    void join_runOfAnotherMachineWithAJournalInAFile_isRefused() throws SQLException {
        try (CliProcess first = process("--rate", "100")) {
            first.await("  data: ").kill();
        }
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + one.project().root().resolve(".migrator/journal.db"));
                Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate("update cm_lock set lease_until = 9223372036854775807, holder = '1'"
                    + " || char(10) || 'elsewhere' || char(10) || '2026-01-01T00:00:00Z' || char(10) || 'migrate'");
            assertThat(changed).isEqualTo(1);
        }
        Cli.Outcome outcome = cli().run("migrate", "--join", "--yes");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.error()).hasSize(3);
        assertThat(outcome.error().get(0)).startsWith("CM-307 This process cannot join run ");
        assertThat(outcome.error().get(2)).contains("PostgreSQL");
    }

    @Test
    void join_anotherFolderOfTheSameName_isRefused() {
        try (CliProcess first = process("--rate", "100")) {
            first.await("  data: ");
            String run = cli().json("status").document().at("/runs/0/runId").asText();
            one.project().removeFolder(".migrator/backup");
            Cli.Outcome outcome = cli().run("migrate", "--join", "--yes");
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.error().get(0)).startsWith("CM-301 This process cannot join " + "run " + run);
        }
    }
}
