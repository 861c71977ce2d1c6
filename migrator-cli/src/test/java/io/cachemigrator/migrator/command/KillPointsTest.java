package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.RawEntries;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * Commands killed by SIGKILL at their writes of the journal, which are steps, checkpoints and stages, and at writes of the target,
 * while a copy goes up to each of two stages and while it is rolled back, into Redis and into a folder; then run again. Twelve
 * kills, or two hundred with the profile {@code soak}; {@code -Dstorm.kills} names another number.
 */
@Tag("CLI-7")
@Tag("CLI-10")
class KillPointsTest {
    private static final int KILLS = Integer.getInteger("storm.kills", Boolean.getBoolean("soak") ? 200 : 12);
    private static final int KEYS = 400;

    @TempDir
    Path folder;

    private TestRedis server;
    private Jedis legacy;
    private Jedis target;
    private LegacyData.Snapshot before;
    private final Map<Point, Integer> killed = new EnumMap<>(Point.class);

    /** Where a command is killed. */
    private enum Point {
        JOURNAL_ON_THE_WAY_TO_CONSOLIDATED,
        JOURNAL_ON_THE_WAY_TO_DUAL_WRITE,
        TARGET_DURING_THE_COPY,
        JOURNAL_DURING_THE_ROLLBACK,
        TARGET_DURING_THE_ROLLBACK;

        boolean isJournal() {
            return this != TARGET_DURING_THE_COPY && this != TARGET_DURING_THE_ROLLBACK;
        }

        boolean isRollback() {
            return this == JOURNAL_DURING_THE_ROLLBACK || this == TARGET_DURING_THE_ROLLBACK;
        }
    }

    /** A kill, and what it was in, for messages. */
    private record Kill(Point point, boolean disk, long at, boolean after) {}

    @BeforeEach
    void start() {
        server = TestRedis.start();
        legacy = server.connect();
        target = server.connect();
        target.select(1);
        for (int i = 0; i < KEYS; i++) {
            if (i % 3 == 0) {
                legacy.set("ngx:conv:" + i, "{\"n\": " + i + "}");
            } else {
                legacy.setex("ngx:pred:" + i, 86_400L + i, "{\"n\": " + i + "}");
            }
        }
        before = LegacyData.snapshot(legacy);
    }

    @AfterEach
    void stop() {
        legacy.close();
        target.close();
        server.close();
    }

    @Test
    void anyCommand_killedAtAnyWrite_endsAsIfNeverInterrupted() throws IOException {
        Random random = new Random(20_261_128);
        int deaths = 0;
        for (int i = 0; i < KILLS; i++) {
            Point point = Point.values()[i % Point.values().length];
            boolean disk = (i / Point.values().length) % 2 == 1;
            long most = point.isJournal() ? (point.isRollback() ? 9 : 40) : KEYS;
            Kill kill = new Kill(point, disk, 1 + random.nextLong(most), random.nextBoolean());
            deaths += died(kill, i) ? 1 : 0;
        }
        System.out.println(deaths + " of " + KILLS + " commands killed: " + killed);
        // some numbers are beyond the last write of a run
        assertThat(deaths).isGreaterThan(KILLS / 2);
    }

    private boolean died(Kill kill, int number) throws IOException {
        target.flushDB();
        TestProject project =
                TestProject.atRest(folder.resolve("project-" + number)).file(".env", "REDIS_POOL_SIZE=5\n");
        Path tier = project.root().resolveSibling("tier-" + number);
        String to = kill.disk() ? "disk:" + tier : server.uri() + "/1";
        Cli cli =
                Cli.in(project.root()).always("--legacy", server.uri() + "/0", "--target", to, "--family", "services");
        boolean dualWrite = kill.point() == Point.JOURNAL_ON_THE_WAY_TO_DUAL_WRITE;
        List<String> line = new ArrayList<>(List.of(
                kill.point().isRollback() ? "rollback" : "migrate",
                "--yes",
                "--legacy",
                server.uri() + "/0",
                "--target",
                to,
                "--family",
                "services"));
        if (dualWrite) {
            line.addAll(List.of("--stage", "dual-write"));
        }
        if (kill.point().isRollback()) {
            assertThat(cli.run("migrate", "--yes").exitCode()).isZero();
        }
        boolean died = kill(kill, project, tier, line.toArray(String[]::new));
        if (died) {
            killed.merge(kill.point(), 1, Integer::sum);
        }
        if (kill.point().isRollback()) {
            isRolledBack(kill, cli, project, tier);
        } else {
            isCopied(kill, cli, project, tier);
            Cli.Outcome rollback = cli.run("rollback", "--yes");
            assertThat(rollback.exitCode()).as(kill + ": " + rollback.all()).isZero();
            isRolledBack(kill, cli, project, tier);
        }
        return died;
    }

    private boolean kill(Kill kill, TestProject project, Path tier, String... line) throws IOException {
        boolean journal = kill.point().isJournal();
        try (CliProcess process = journal
                ? CliProcess.startDying(project.root(), kill.at(), kill.after(), line)
                : CliProcess.start(project.root(), line)) {
            if (!journal) {
                boolean more = kill.point() == Point.TARGET_DURING_THE_COPY;
                while (ProcessHandle.of(process.pid()).isPresent()
                        && (more ? arrived(kill, tier) < kill.at() : arrived(kill, tier) > kill.at())) {
                    Thread.onSpinWait();
                }
                process.kill();
            }
            return process.exitCode() > 128;
        }
    }

    private long arrived(Kill kill, Path tier) throws IOException {
        if (!kill.disk()) {
            return target.dbSize();
        }
        Path log = tier.resolve("cache.db-wal");
        // about so much of the log for each entry; while it is rolled back it only grows
        long pages = Files.exists(log) ? Files.size(log) / 300 : 0;
        return kill.point() == Point.TARGET_DURING_THE_COPY ? pages : KEYS - pages;
    }

    private Map<String, RawEntries.Raw> raw(Kill kill, Path tier) {
        return kill.disk() ? RawEntries.of(tier) : RawEntries.of(target);
    }

    private void isCopied(Kill kill, Cli cli, TestProject project, Path tier) {
        boolean begun = project.stateFiles().contains(".migrator/journal.db")
                && !cli.json("status").document().get("runs").isEmpty();
        Cli.Outcome again = begun ? cli.run("migrate", "--resume", "--yes") : cli.run("migrate", "--yes");
        // a run that had ended already cannot be resumed
        assertThat(again.exitCode()).as(kill + ": " + again.all()).isIn(0, 4);
        Map<String, RawEntries.Raw> copies = raw(kill, tier);
        assertThat(copies).as(kill.toString()).hasSize(KEYS);
        copies.forEach((place, copy) -> {
            String key = "ngx:" + place.substring(place.indexOf(':') + 1);
            assertThat(copy.text()).as(kill + ": " + key).isEqualTo(legacy.get(key));
            assertThat(copy.deadline())
                    .as(kill + ": " + key)
                    .isCloseTo(
                            TargetEntries.deadline(legacy, key.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                            within(1_000L));
        });
        boolean consolidated = kill.point() != Point.JOURNAL_ON_THE_WAY_TO_DUAL_WRITE || !begun;
        assertThat(cli.json("status").document().at("/stage/name").asText())
                .as(kill.toString())
                .isEqualTo(consolidated ? "CONSOLIDATED" : "DUAL_WRITE");
    }

    private void isRolledBack(Kill kill, Cli cli, TestProject project, Path tier) {
        Cli.Outcome again = cli.run("rollback", "--yes");
        // one that had ended already leaves nothing to undo
        assertThat(again.exitCode()).as(kill + ": " + again.all()).isIn(0, 4);
        assertThat(raw(kill, tier)).as(kill.toString()).isEmpty();
        assertThat(LegacyData.snapshot(legacy).differences(before))
                .as(kill.toString())
                .isEmpty();
        assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=5\n");
        assertThat(cli.json("status").document().at("/runs/0/state").asText()).isEqualTo("UNDONE");
        assertThat(cli.json("status").document().at("/stage/name").asText()).isEqualTo("LEGACY");
    }
}
