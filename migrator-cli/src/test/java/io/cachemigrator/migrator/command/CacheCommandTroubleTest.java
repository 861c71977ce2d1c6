package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.TargetLock;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.HeldEntrance;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Commands on cache entries that are interrupted, run out of disk, or meet each other. */
@Tag("SVC-13")
@Tag("CLI-2")
class CacheCommandTroubleTest {
    private static final int ENTRIES = 4_000;
    private static final int SMALL = 128;

    @TempDir
    Path folder;

    private TestRedis server;
    private CacheService service;
    private Region<String> users;
    private Path root;
    private Cli cli;

    @BeforeEach
    void fill() {
        server = TestRedis.start();
        service = CacheService.open(CacheConfig.builder().redisUri(server.uri()).build());
        users = service.region("users", String.class);
        root = TestProject.in(folder.resolve("project")).root();
        cli = Cli.in(root).always("--target", server.uri());
        fillUsers();
    }

    /** With values that cannot be compressed much. */
    private void fillUsers() {
        Random random = new Random(7);
        Map<String, String> some = new HashMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            StringBuilder value = new StringBuilder();
            for (int j = 0; j < 20; j++) {
                value.append(Long.toHexString(random.nextLong()));
            }
            some.put("user:" + i, value.toString());
        }
        users.putAll(some, WriteOptions.DEFAULTS);
    }

    @AfterEach
    void stop() {
        service.close();
        server.close();
    }

    private long stored() {
        long count = 0;
        try (Jedis redis = server.connect()) {
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page =
                        redis.scan(cursor, new ScanParams().match("cs:users:*").count(1_000));
                count += page.getResult().size();
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
        return count;
    }

    /** Runs a command whose store answers no more once a part of the data has passed, and interrupts it there. */
    private String interrupted(String signal, String... line) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(line));
        try (HeldEntrance entrance = new HeldEntrance(server.port(), 700_000)) {
            arguments.addAll(List.of("--target", entrance.uri()));
            try (CliProcess process = CliProcess.start(root, arguments.toArray(String[]::new))) {
                entrance.awaitHeld();
                process.signal(signal).await("stops at the next safe point");
                entrance.release();
                assertThat(process.exitCode()).as(process.err()).isEqualTo(5);
                assertThat(process.err())
                        .contains("CM-701 The command was interrupted.", "It stopped at a safe point, at region users");
                return process.err();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void dump_signal_leavesAPartThatTheNextOneGoesOnWith(String signal) throws Exception {
        String said = interrupted(signal, "dump-cache", "users.dump");
        assertThat(said).contains("Run `migrator dump-cache` again to the same file; it goes on with users.dump.part.");
        assertThat(root.resolve("users.dump")).doesNotExist();
        assertThat(root.resolve("users.dump.part")).exists();

        Cli.Outcome again = cli.json("dump-cache", "users.dump");
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.document().get("resumed").asBoolean()).isTrue();
        assertThat(again.document().get("entries").asLong()).isEqualTo(ENTRIES);
        assertThat(root.resolve("users.dump.part")).doesNotExist();
    }

    @Test
    void clear_signal_saysHowManyAreGoneAndTheNextOneRemovesTheRest() throws Exception {
        String said = interrupted("TERM", "clear-cache", "--region", "users", "--pattern", "user:*", "--yes");
        assertThat(said).contains("Run `migrator clear-cache` again with the same options, to remove the rest.");
        long left = stored();
        assertThat(left).isBetween(1L, ENTRIES - 1L);
        assertThat(said).contains(String.format(Locale.ROOT, "removed %,d entries", ENTRIES - left));
        Cli.Outcome again = cli.json("clear-cache", "--region", "users", "--pattern", "user:*", "--yes");
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.document().get("removed").asLong()).isEqualTo(left);
    }

    @Test
    void warm_signal_keepsWhatIsStoredAndTheNextOneStoresTheRest() throws Exception {
        assertThat(cli.run("dump-cache", "users.dump").exitCode()).isZero();
        users.clear();
        String said = interrupted("TERM", "warm-cache", "users.dump", "--yes");
        assertThat(said).contains("Run `migrator warm-cache` again with the same options");
        long warmed = stored();
        assertThat(warmed).isBetween(1L, ENTRIES - 1L);
        Cli.Outcome again = cli.json("warm-cache", "users.dump", "--yes");
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.document().get("stored").asLong()).isEqualTo(ENTRIES - warmed);
    }

    @Test
    void repair_signal_keepsWhatIsRepairedAndTheNextOneRepairsTheRest() throws Exception {
        try (Jedis redis = server.connect()) {
            for (int i = 0; i < 200; i++) {
                redis.set("cs:users:foreign:" + i, "text of somebody else");
            }
        }
        String said = interrupted("INT", "check-cache", "--repair", "--yes");
        assertThat(said).contains("Run `migrator check-cache --repair` again");
        assertThat(cli.run("check-cache", "--repair", "--yes").exitCode()).isZero();
        assertThat(stored()).isEqualTo(ENTRIES);
        assertThat(cli.run("check-cache").exitCode()).isZero();
    }

    @Test
    void dump_diskFull_isToldAndGoesOnOnceThereIsRoom() {
        try (CliProcess process =
                CliProcess.startOnASmallDisk(root, SMALL, "dump-cache", "users.dump", "--target", server.uri())) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(3);
            assertThat(process.err())
                    .contains("CM-309 The dump users.dump cannot be written.", "it goes on with users.dump.part");
        }
        assertThat(root.resolve("users.dump")).doesNotExist();
        assertThat(root.resolve("users.dump.part")).isNotEmptyFile();
        Cli.Outcome again = cli.json("dump-cache", "users.dump");
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.document().get("entries").asLong()).isEqualTo(ENTRIES);
        assertThat(cli.json("warm-cache", "users.dump", "--yes")
                        .document()
                        .get("present")
                        .asLong())
                .isEqualTo(ENTRIES);
    }

    @ParameterizedTest
    @CsvSource({
        "clear-cache --all-regions --yes, true",
        "warm-cache users.dump --yes, true",
        "check-cache --repair --yes, true",
        "migrate --yes, true",
        "clear-cache --all-regions --count, false",
        "check-cache, false",
        "cache-stats, false"
    })
    @Tag("CLI-8")
    void commandThatChanges_besideAnother_isToldWhoHoldsTheLock(String line, boolean refused) {
        assertThat(cli.run("dump-cache", "users.dump").exitCode()).isZero();
        Workspace workspace = Workspace.resolve(
                new Workspace.Request(null, null, null, server.uri(), null, List.of()), root, Map.of());
        Cli.Outcome second = TargetLock.holding(workspace, "migrator clear-cache", () -> cli.run(line.split(" ")));
        if (refused) {
            assertThat(second.exitCode()).as(second.all()).isEqualTo(4);
            assertThat(second.error().get(0)).startsWith("CM-402");
            assertThat(second.error().get(1))
                    .contains("'migrator clear-cache', process "
                            + ProcessHandle.current().pid());
        } else {
            assertThat(second.exitCode()).as(second.all()).isZero();
        }
        assertThat(stored()).isEqualTo(ENTRIES);
    }
}
