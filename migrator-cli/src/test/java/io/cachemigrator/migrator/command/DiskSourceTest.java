package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** A folder of the disk tier as the store that is moved: entries stay what they are, and the folder too. */
@Tag("CLI-7")
class DiskSourceTest {
    private static final int TEXTS = 1_200;
    private static final String LARGE = "long text ".repeat(60_000);
    private static final EncryptionConfig KEYS = EncryptionConfig.of(7, Map.of(7, new byte[32]));

    private static TestRedis server;

    @TempDir
    Path folder;

    private Path disk;
    private Cli cli;

    @BeforeAll
    static void startServer() {
        server = TestRedis.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void fill() {
        try (Jedis redis = server.connect()) {
            redis.flushAll();
        }
        disk = folder.resolve("old");
        cli = Cli.in(TestProject.atRest(folder.resolve("project")).root()).always("--legacy", "disk:" + disk);
        try (CacheService service = service(CacheConfig.builder().diskFolder(disk))) {
            Region<String> texts = service.region("texts", String.class);
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < TEXTS; i++) {
                values.put("t:" + i, "grüße " + i);
            }
            texts.putAll(values, WriteOptions.ttl(Duration.ofHours(1)).withTags("greeting"));
            texts.put("large", LARGE, WriteOptions.ttl(WriteOptions.NO_EXPIRY));
            texts.put("deleted", "x");
            texts.delete("deleted");
            texts.put("invalidated", "x", WriteOptions.DEFAULTS.withTags("gone"));
            texts.invalidateTags(List.of("gone"));
            texts.put("again", "y", WriteOptions.DEFAULTS.withTags("gone").withMetadata(Map.of("by", "test")));
            service.region("secrets", String.class).put("s", "secret ".repeat(400));
            service.region("sessions", String.class).put("session", "me");
            service.region("counters", String.class).increment("n", 42);
        }
    }

    private static CacheService service(CacheConfigBuilder config) {
        return CacheService.open(config.encryption(KEYS)
                .region(RegionConfig.builder("texts").build())
                .region(RegionConfig.builder("secrets").encrypted(true).build())
                .region(RegionConfig.builder("sessions")
                        .defaultTtl(Duration.ofHours(2))
                        .sliding(true)
                        .build())
                .region(RegionConfig.builder("counters").noDefaultTtl().build())
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "disk"})
    void everyCommand_fromADiskTier_movesEntriesAsTheyAreAndLeavesTheFolder(String kind) throws Exception {
        Path other = folder.resolve("new");
        cli = cli.always("--target", kind.equals("redis") ? server.uri() : "disk:" + other);
        Map<String, String> before = contents(disk);

        JsonNode check = cli.json("check").document();
        assertThat(check.get("blockers")).isEmpty();
        JsonNode dryRun = cli.json("dry-run").document();
        assertThat(dryRun.at("/keySpaces").findValuesAsText("name"))
                .containsExactly("disk:counters", "disk:secrets", "disk:sessions", "disk:texts");
        JsonNode migrated = cli.json("migrate", "--yes").document();
        assertThat(migrated.get("outcome").asText()).as(migrated.toString()).isEqualTo("COMPLETED");
        assertThat(migrated.at("/keySpaces").findValuesAsText("strategy")).containsOnly("copy");
        assertThat(migrated.at("/keySpaces").findValues("written").stream()
                        .mapToInt(JsonNode::asInt)
                        .sum())
                .isEqualTo(TEXTS + 5);
        Cli.Outcome validate = cli.json("validate");
        assertThat(validate.exitCode()).as(validate.all()).isZero();
        assertThat(validate.document().get("equal").asInt()).isEqualTo(TEXTS + 5);
        assertThat(cli.json("status").exitCode()).isZero();

        CacheConfigBuilder target = CacheConfig.builder();
        try (CacheService service =
                service(kind.equals("redis") ? target.redisUri(server.uri()) : target.diskFolder(other))) {
            assertServes(service);
        }

        Cli.Outcome rollback = cli.json("rollback", "--yes");
        assertThat(rollback.exitCode()).as(rollback.all()).isZero();
        // reading the session renewed it, so that it is the application's own now; and what it has invalidated is gone
        assertThat(rollback.document().at("/keys/removed").asInt()).isBetween(TEXTS + 2, TEXTS + 5);
        assertThat(contents(disk)).isEqualTo(before);
    }

    private static void assertServes(CacheService service) {
        Region<String> texts = service.region("texts", String.class);
        for (int i = 0; i < TEXTS; i += 100) {
            assertThat(texts.get("t:" + i)).isEqualTo("grüße " + i);
        }
        EntryDetails one = texts.describe("t:1");
        assertThat(one.tags()).containsExactly("greeting");
        assertThat(one.deadline())
                .isBetween(Instant.now().plusSeconds(3_300), Instant.now().plusSeconds(3_600));
        assertThat(texts.describe("large").deadline()).isNull();
        assertThat(texts.get("large")).isEqualTo(LARGE);
        assertThat(texts.exists("deleted")).isFalse();
        assertThat(texts.exists("invalidated")).isFalse();
        assertThat(texts.describe("again").metadata()).containsEntry("by", "test");
        assertThat(service.region("secrets", String.class).get("s")).isEqualTo("secret ".repeat(400));
        assertThat(service.region("sessions", String.class).get("session")).isEqualTo("me");
        assertThat(service.region("counters", String.class).get("n")).isEqualTo("42");
        assertThat(texts.invalidateTags(List.of("gone")).recorded()).isTrue();
        assertThat(texts.exists("again")).isFalse();
    }

    @Test
    void whatChangesInTheFolderDuringTheUse_isFollowedByTheNextComparison() {
        cli = cli.always("--target", server.uri());
        assertThat(cli.run("migrate", "--yes", "--stage", "dual-write").exitCode())
                .isZero();
        try (CacheService service = service(CacheConfig.builder().diskFolder(disk))) {
            Region<String> texts = service.region("texts", String.class);
            texts.put("t:1", "changed", WriteOptions.ttl(Duration.ofHours(1)));
            texts.delete("t:2");
            texts.expire("t:3", Duration.ofHours(5));
            texts.invalidatePrefix("t:4");
            texts.put("t:new", "new");
            Cli.Outcome validate = cli.json("validate");
            assertThat(validate.exitCode()).isEqualTo(1);
            assertThat(validate.document().at("/differences").findValuesAsText("kind"))
                    .contains("VALUE", "EXTRA", "TTL", "MISSING");
            assertThat(validate.document().get("differenceCount").asInt())
                    .isEqualTo(4
                            + (int) java.util.stream.IntStream.range(0, TEXTS)
                                    .filter(i -> String.valueOf(i).startsWith("4"))
                                    .count());
        }
        assertThat(cli.run("rollback", "--yes").exitCode()).isZero();
        assertThat(cli.run("migrate", "--yes").exitCode()).isZero();
        assertThat(cli.json("validate").exitCode()).isZero();
        try (Jedis redis = server.connect()) {
            assertThat(TargetEntries.of(redis))
                    .doesNotContainKey("cs:texts:t:2")
                    .doesNotContainKey("cs:texts:t:40");
        }
    }

    @Test
    void copiesOfAnotherStore_inTheSameTarget_areNobodysLeftovers() {
        try (Jedis redis = server.connect()) {
            redis.set("ngx:conv:a", "{\"a\":1}");
        }
        Cli other = Cli.in(TestProject.atRest(folder.resolve("other")).root())
                .always("--legacy", server.uri(), "--target", server.uri(), "--family", "services");
        assertThat(other.run("migrate", "--yes").exitCode()).isZero();
        cli = cli.always("--target", server.uri());
        assertThat(cli.run("migrate", "--yes").exitCode()).isZero();
        assertThat(cli.json("validate").exitCode()).isZero();
        try (Jedis redis = server.connect()) {
            assertThat(TargetEntries.of(redis)).containsKeys("cs:conversations:conv:a", "cs:texts:t:1");
        }
    }

    @Test
    void sameFolderOrNoTier_isRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), disk);
        for (String target : List.of("disk:" + disk, "disk:" + link)) {
            Cli.Outcome same = cli.run("migrate", "--yes", "--target", target);
            assertThat(same.exitCode()).isEqualTo(2);
            assertThat(same.all()).contains("name the same folder");
        }
        Cli.Outcome none = cli.run("migrate", "--yes");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.all()).contains("--target");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Cli bare = Cli.in(TestProject.atRest(folder.resolve("bare")).root())
                .always("--legacy", "disk:" + empty, "--target", server.uri());
        Cli.Outcome nothing = bare.run("migrate", "--yes");
        assertThat(nothing.exitCode()).isEqualTo(3);
        assertThat(nothing.all()).contains("no folder of the disk tier");
        assertThat(Files.list(empty)).isEmpty();
    }

    private static Map<String, String> contents(Path of) throws Exception {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(of.relativize(file).toString(), ContentStore.sha256(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
