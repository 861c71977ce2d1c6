package io.cachemigrator.migrator.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.testkit.CollectionMap;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** Hashes, sets, lists and sorted sets are carried over as JSON, compared by value, and taken back. */
@Tag("CLI-6")
@Tag("CLI-9")
@Tag("CLI-10")
class CollectionsTest {
    @TempDir
    Path folder;

    private TestProject project;
    private TestRedis server;
    private Jedis legacy;
    private Jedis target;
    private Cli cli;

    @BeforeEach
    void start() {
        project = CollectionMap.in(TestProject.atRest(folder.resolve("project")));
        server = TestRedis.start();
        legacy = server.connect();
        target = server.connect();
        target.select(1);
        cli = Cli.in(project.root()).always("--legacy", server.uri() + "/0", "--target", server.uri() + "/1");
        load();
    }

    private void load() {
        legacy.hset("shop:hash", Map.of("b", "2", "a", "{\"n\": 1}", "ä", "\"quoted\"\n"));
        legacy.pexpire("shop:hash", 3_600_000);
        legacy.sadd("shop:set", "pear", "apple", "10", "9");
        legacy.rpush("shop:list", "z", "a", "", "a");
        legacy.zadd("shop:zset", Map.of("half", 0.5, "big", 1e20, "third", 1.0 / 3, "cent", 0.72, "whole", 7.0));
        legacy.zadd("shop:zset", Double.POSITIVE_INFINITY, "most");
        legacy.zadd("shop:zset", Double.NEGATIVE_INFINITY, "least");
        legacy.sadd("shop:binary".getBytes(UTF_8), bytes("\u00ff\u0080x"), "plain".getBytes(UTF_8));
        legacy.sadd("shop:numbers", "3", "1", "2");
        legacy.xadd("shop:stream", Map.of("a", "1"), redis.clients.jedis.params.XAddParams.xAddParams());
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(ISO_8859_1);
    }

    @AfterEach
    void stop() {
        legacy.close();
        target.close();
        server.close();
    }

    private Envelope stored(String id) {
        TargetEntries.Stored stored = TargetEntries.of(target).get("cs:things:" + id);
        assertThat(stored).as(id).isNotNull();
        return stored.envelope();
    }

    private static void assertJson(Envelope envelope, String type, String json) {
        assertThat(envelope.codec()).isEqualTo(Envelope.CODEC_JSON);
        assertThat(new String(envelope.payload(), UTF_8)).isEqualTo(json);
        assertThat(envelope.metadata()).containsEntry("legacy.type", type);
    }

    @Test
    void everyCollection_isCopiedAsJson_streamsAreSetAside() {
        Cli.Outcome outcome = cli.json("migrate", "--yes", "--only", "data");

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
        assertThat(outcome.all()).contains("shop:stream", "the key has the type stream");
        assertJson(stored("hash"), "hash", "{\"a\":\"{\\\"n\\\": 1}\",\"b\":\"2\",\"ä\":\"\\\"quoted\\\"\\u000a\"}");
        assertJson(stored("set"), "set", "[\"10\",\"9\",\"apple\",\"pear\"]");
        assertJson(stored("numbers"), "set", "[\"1\",\"2\",\"3\"]");
        assertJson(stored("list"), "list", "[\"z\",\"a\",\"\",\"a\"]");
        assertJson(
                stored("zset"),
                "zset",
                "[[\"least\",\"-inf\"],[\"third\",0.3333333333333333],[\"half\",0.5],[\"cent\",0.72],[\"whole\",7],"
                        + "[\"big\",1E+20],[\"most\",\"inf\"]]");
        assertJson(stored("binary"), "set", "[\"plain\",\"\\udcff\\udc80x\"]");
        TargetEntries.Stored hash = TargetEntries.of(target).get("cs:things:hash");
        assertThat(hash.serverDeadlineMillis())
                .isCloseTo(TargetEntries.deadline(legacy, "shop:hash".getBytes(UTF_8)), within(1_000L));
    }

    @Test
    void validate_comparesElements_andFindsWhatDiffers() throws Exception {
        legacy.del("shop:stream");
        assertThat(cli.run("migrate", "--yes", "--only", "data").exitCode()).isZero();
        JsonNode same = cli.json("validate").document();
        assertThat(same.get("differences")).isEmpty();
        assertThat(same.get("equal").asInt()).isEqualTo(6);

        legacy.hset("shop:hash", "b", "changed");
        legacy.zadd("shop:zset", 0.5000000000000001, "half");
        byte[] key = "cs:things:list".getBytes(UTF_8);
        Envelope list = EnvelopeFormat.decode(target.get(key));
        target.set(
                key,
                EnvelopeFormat.encode(list.withPayload("[\"z\",\"a\",\"a\",\"\"]".getBytes(UTF_8))),
                SetParams.setParams().keepttl());

        Cli.Outcome outcome = cli.json("validate");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.document().get("differences"))
                .extracting(difference -> difference.get("id").asText() + " "
                        + difference.get("kind").asText())
                .containsExactlyInAnyOrder("hash VALUE", "zset VALUE", "list VALUE");
    }

    @Test
    void collectionsChangedDuringARun_areCopiedAgain_andARollbackTakesAllBack() {
        legacy.del("shop:stream");
        Map<String, String> before = legacy.hgetAll("shop:hash");
        assertThat(cli.run("migrate", "--yes", "--only", "data").exitCode()).isZero();
        assertThat(TargetEntries.keys(target, "cs:things:*")).hasSize(6);

        Cli.Outcome undone = cli.run("rollback", "--yes");

        assertThat(undone.exitCode()).as(undone.all()).isZero();
        assertThat(TargetEntries.keys(target, "cs:*")).isEmpty();
        assertThat(legacy.hgetAll("shop:hash")).isEqualTo(before);
    }
}
