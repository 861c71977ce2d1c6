package io.cachemigrator.migrator.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.DiskcacheFolder;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Legacy stores that are files: what is read of them, what is refused, and that they stay as they are. */
@Tag("CLI-7")
class StoreFilesTest {
    private static TestRedis server;
    private static Jedis redis;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeAll
    static void startServer() {
        server = TestRedis.start();
        redis = server.connect();
    }

    @AfterAll
    static void stopServer() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void makeProject() {
        redis.flushAll();
        cli = Cli.in(TestProject.atRest(folder.resolve("project")).root()).always("--target", server.uri());
    }

    private Path dump(String text) throws IOException {
        return Files.writeString(folder.resolve("dump.json"), text);
    }

    private Map<String, String> migrated(String legacy) {
        Cli.Outcome outcome = cli.run("migrate", "--yes", "--legacy", legacy);
        assertThat(outcome.exitCode()).as(outcome.all()).isLessThanOrEqualTo(1);
        Map<String, String> values = new TreeMap<>();
        TargetEntries.of(redis)
                .forEach((key, stored) ->
                        values.put(key, new String(stored.envelope().payload(), UTF_8)));
        return values;
    }

    @Test
    void dump_numbersAndTextsKeepTheirForm() throws IOException {
        Path file = dump(
                "{\"keys\": {\"ngx:conv:a\": {\"value\": [1e+22, 1.10, -0, 12345678901234567890, NaN, \"\\u00fc\"],"
                        + " \"ttl\": null}, \"ngx:conv:b\": {\"value\": null}, \"ngx:conv:c\": {\"value\": \"text\"}}}");
        assertThat(migrated("dump:" + file))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cs:conversations:conv:a", "[1e+22,1.10,-0,12345678901234567890,NaN,\"ü\"]",
                        "cs:conversations:conv:b", "null",
                        "cs:conversations:conv:c", "\"text\""));
    }

    @Test
    void dump_deadlineCountsFromTheBackupAndExpiredEntriesStayAway() throws IOException {
        double now = System.currentTimeMillis() / 1000.0;
        Path file = dump("{\"entries\": [{\"key\": \"ngx:conv:a\", \"value\": 1, \"ttl\": 3600, \"timestamp\": "
                + (now - 600) + "}, {\"key\": \"ngx:conv:old\", \"value\": 1, \"ttl\": 3600, \"timestamp\": "
                + (now - 3_700) + "}]}");
        assertThat(migrated("dump:" + file)).containsOnlyKeys("cs:conversations:conv:a");
        long deadline = TargetEntries.of(redis)
                .get("cs:conversations:conv:a")
                .envelope()
                .deadlineMillis();
        assertThat(deadline).isEqualTo(((long) ((now - 600) * 1000)) + 3_600_000);
    }

    @Test
    void dump_sameKeyTwice_theLaterCounts() throws IOException {
        Path file = dump(
                "{\"entries\": [{\"key\": \"ngx:conv:a\", \"value\": 1}, {\"key\": \"ngx:conv:a\", \"value\": 2}]}");
        assertThat(migrated("dump:" + file)).containsExactly(Map.entry("cs:conversations:conv:a", "2"));
    }

    @Test
    void dump_entryWithoutValueOrWithDamage_isSetAside() throws IOException {
        Path file = dump("{\"entries\": [{\"key\": \"ngx:conv:a\"}, {\"key\": \"ngx:conv:b\", \"metadata\":"
                + " {\"compressed_value\": \"1f8bxx\"}}, {\"key\": \"ngx:conv:c\", \"value\": 3}]}");
        JsonNode document =
                cli.json("migrate", "--yes", "--legacy", "dump:" + file).document();
        assertThat(document.get("outcome").asText()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(document.get("quarantined").findValuesAsText("detail"))
                .hasSize(2)
                .anyMatch(detail -> detail.contains("entry without a value"))
                .anyMatch(detail -> detail.contains("damaged compressed value"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\": {\"ngx:conv:a\": {\"value\": 1}",
                "{\"keys\": {\"ngx:conv:a\": 1}}",
                "{\"entries\": [{\"value\": 1}]}",
                "{\"entries\": [1]}",
                "{\"entries\": []} {}",
                "{\"entries\": [{\"key\": \"ngx:conv:a\", \"value\": 1, \"timestamp\": \"yesterday\"}]}",
                "no JSON"
            })
    void dump_notWhole_isRefusedAndNothingIsCopied(String text) throws IOException {
        Cli.Outcome outcome = cli.run("migrate", "--yes", "--legacy", "dump:" + dump(text));
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
        assertThat(outcome.error().get(0)).startsWith("CM-302 The legacy store dump:");
        assertThat(redis.dbSize()).isZero();
    }

    @Test
    void dump_gzipCutOff_isRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"keys\": {\"ngx:conv:a\": {\"value\": 1}}}".getBytes(UTF_8));
        }
        Path file = Files.write(folder.resolve("dump.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9));
        assertThat(cli.run("dry-run", "--legacy", "dump:" + file).exitCode()).isEqualTo(3);
    }

    @Test
    void dump_replacedBetweenPlanAndMigration_isAnotherPlan() throws IOException {
        Path file = dump("{\"entries\": [{\"key\": \"ngx:conv:a\", \"value\": 1}]}");
        String plan = cli.json("dry-run", "--legacy", "dump:" + file)
                .document()
                .at("/plan/file")
                .asText();
        dump("{\"entries\": []}");
        assertThat(cli.run("migrate", "--yes", "--plan", plan, "--legacy", "dump:" + file)
                        .exitCode())
                .isEqualTo(4);
        assertThat(redis.dbSize()).isZero();
    }

    @Test
    void diskcache_everyFormOfKeyAndValue_isReadAndTheFolderStaysToTheByte() throws IOException {
        Path cache = folder.resolve("cache # 1");
        try (DiskcacheFolder written = DiskcacheFolder.create(cache)) {
            written.put("ngx:conv:text", "{\"a\": 1}", null)
                    .put("ngx:conv:bytes", "{\"b\": 2}".getBytes(UTF_8), null)
                    .put("ngx:conv:key-in-bytes".getBytes(UTF_8), "3", null)
                    .put("ngx:conv:int", 4L, null)
                    .put("ngx:conv:real", 1.5, null)
                    .put("ngx:conv:old", "{}", 1.0)
                    .put(7L, "a number as a key", null)
                    .pickle(
                            "ngx:conv:pickle",
                            "\u0080\u0002}q\0X\u0001\0\0\0aq\u0001K\u0005s."
                                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                    .file("ngx:conv:file", DiskcacheFolder.BINARY, "0a/1b/2c.val", "[6]".getBytes(UTF_8))
                    .row("ngx:conv:gone", 1, DiskcacheFolder.TEXT, "0a/1b/none.val", null, null);
        }
        Map<String, byte[]> before = contents(cache);
        Map<String, String> values = migrated("diskcache:" + cache);
        assertThat(values)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cs:conversations:conv:text", "{\"a\": 1}",
                        "cs:conversations:conv:bytes", "{\"b\": 2}",
                        "cs:conversations:conv:key-in-bytes", "3",
                        "cs:conversations:conv:int", "4",
                        "cs:conversations:conv:real", "1.5",
                        "cs:conversations:conv:pickle", "{\"a\": 5}",
                        "cs:conversations:conv:file", "[6]"));
        assertThat(contents(cache)).containsExactlyEntriesOf(before);
        assertThat(cli.run("validate", "--legacy", "diskcache:" + cache).exitCode())
                .isZero();
    }

    @Test
    void diskcache_inUse_isReadWithItsLogAndGetsNoFile() throws IOException {
        Path cache = folder.resolve("cache");
        try (DiskcacheFolder open = DiskcacheFolder.create(cache)) {
            open.put("ngx:conv:a", "1", null);
            assertThat(cache.resolve("cache.db-wal")).isNotEmptyFile();
            Map<String, byte[]> before = contents(cache);
            assertThat(migrated("diskcache:" + cache)).containsOnlyKeys("cs:conversations:conv:a");
            Map<String, byte[]> after = contents(cache);
            assertThat(after).containsOnlyKeys(before.keySet());
            assertThat(after.get("cache.db")).isEqualTo(before.get("cache.db"));
            assertThat(after.get("cache.db-wal")).isEqualTo(before.get("cache.db-wal"));
            open.put("ngx:conv:b", "2", null);
            assertThat(migrated("diskcache:" + cache)).hasSize(2);
        }
    }

    @Test
    void diskcache_logLeftByAProgramThatDied_isReadFromACopy() throws IOException {
        Path cache = folder.resolve("cache");
        Path left = Files.createDirectories(folder.resolve("left"));
        try (DiskcacheFolder open = DiskcacheFolder.create(cache)) {
            open.put("ngx:conv:a", "1", null);
            for (String name : List.of("cache.db", "cache.db-wal")) {
                Files.copy(cache.resolve(name), left.resolve(name));
            }
        }
        Map<String, byte[]> before = contents(left);
        assertThat(migrated("diskcache:" + left)).containsOnlyKeys("cs:conversations:conv:a");
        assertThat(contents(left)).containsExactlyEntriesOf(before);
    }

    @Test
    void diskcache_valueOutsideItsFolder_isSetAsideAndNotRead() throws IOException {
        Path cache = folder.resolve("cache");
        Path secret = Files.writeString(folder.resolve("secret.txt"), "\"S3CRET\"");
        try (DiskcacheFolder written = DiskcacheFolder.create(cache)) {
            written.row("ngx:conv:up", 1, DiskcacheFolder.TEXT, "../secret.txt", null, null)
                    .row("ngx:conv:absolute", 1, DiskcacheFolder.TEXT, secret.toString(), null, null)
                    .row("ngx:conv:link", 1, DiskcacheFolder.TEXT, "link.val", null, null)
                    .row("ngx:conv:linked-folder", 1, DiskcacheFolder.TEXT, "linked/secret.txt", null, null);
        }
        Files.createSymbolicLink(cache.resolve("link.val"), secret);
        Files.createSymbolicLink(cache.resolve("linked"), folder);
        Cli.Outcome outcome = cli.json("migrate", "--yes", "--legacy", "diskcache:" + cache);
        assertThat(outcome.document().get("quarantined")).hasSize(4);
        assertThat(outcome.all()).contains("value outside the folder").doesNotContain("S3CRET");
        assertThat(TargetEntries.of(redis)).isEmpty();
    }

    @Test
    void diskcache_folderOfSomethingElse_isRefused() throws IOException {
        assertThat(cli.run("dry-run", "--legacy", "diskcache:" + folder).error().get(0))
                .startsWith("CM-302")
                .contains("no folder of Python's diskcache");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("cache.db"), "no database");
        assertThat(cli.run("dry-run", "--legacy", "diskcache:" + other).exitCode())
                .isEqualTo(3);
        assertThat(cli.run("check", "--legacy", "diskcache:" + other).exitCode())
                .isEqualTo(3);
    }

    @Test
    void combinationsWithoutSense_areRefusedAsUsage() throws IOException {
        Path file = dump("{\"entries\": []}");
        Cli bare = Cli.in(folder.resolve("project"));
        assertThat(bare.run("migrate", "--yes", "--legacy", server.uri(), "--target", "dump:" + file)
                        .error()
                        .get(0))
                .startsWith("CM-104 --target cannot be dump:");
        assertThat(bare.run("migrate", "--yes", "--legacy", server.uri(), "--target", "diskcache:x")
                        .exitCode())
                .isEqualTo(2);
        assertThat(bare.run("migrate", "--yes", "--legacy", "diskcache:x", "--target", "disk:x")
                        .error()
                        .get(0))
                .startsWith("CM-104 --legacy and --target name the same folder");
        Cli.Outcome noTarget = bare.run("migrate", "--yes", "--legacy", "dump:" + file);
        assertThat(noTarget.exitCode()).isEqualTo(2);
        assertThat(noTarget.error().get(0)).contains("--target");
    }

    private static Map<String, byte[]> contents(Path of) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // the index of a log in use also notes who reads
                contents.put(
                        of.relativize(file).toString(),
                        file.toString().endsWith("-shm") ? new byte[0] : Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
