package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.JournalUrl;
import io.cachemigrator.migrator.journal.ValidationJournal;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.ShimApplication;
import io.cachemigrator.migrator.testkit.SlowEntrance;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The command that compares: while everything is in use, by digests, from samples, and killed in the middle. */
@Tag("CLI-9")
class ValidateTest {
    private static final int KEYS = 12_000;

    private static TestRedis server;
    private static Jedis redis;

    @TempDir
    Path folder;

    private TestProject project;
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
        project = TestProject.in(folder.resolve("project"));
        cli = Cli.in(project.root()).always("--legacy", server.uri(), "--target", server.uri(), "--family", "services");
    }

    /** Stays what it is until a save comes; there is nothing else to wait for. */
    private String awaitSaved() {
        String url = "jdbc:sqlite:" + project.root().resolve(".migrator").resolve("journal.db");
        while (true) {
            try (JournalDatabase database = JournalDatabase.open(new JournalUrl(url))) {
                String state = new ValidationJournal(database)
                        .last(project.root().toString())
                        .map(ValidationJournal.Unfinished::state)
                        .orElse("");
                if (!state.isEmpty()) {
                    return state;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void killedInTheMiddle_goesOnWhereItWasWithWhatItHadFound() throws IOException {
        long keys = LegacySample.loadMany(redis, KEYS);
        assertThat(cli.run("migrate", "--yes").exitCode()).isZero();
        Cli.Outcome nothing = cli.json("validate", "--resume");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.document().at("/scope/resumed").asBoolean()).isFalse();
        assertThat(nothing.err()).contains("every comparison has ended");
        redis.set("ngx:conv:only-here", "{}");
        try (SlowEntrance slow = new SlowEntrance(server.port(), Duration.ofMillis(8))) {
            String[] stores = {"--legacy", slow.uri(), "--target", slow.uri(), "--family", "services"};
            String[] line = {"validate", stores[0], stores[1], stores[2], stores[3], stores[4], stores[5]};
            String before;
            try (CliProcess process = CliProcess.start(project.root(), line)) {
                before = awaitSaved();
                process.kill();
            }
            assertThat(before).contains("\"phase\":\"LEGACY\"");
            slow.delay(Duration.ZERO);
            Cli again = Cli.in(project.root()).always(stores);
            JsonNode resumed = again.json("validate", "--resume").document();
            assertThat(resumed.at("/scope/resumed").asBoolean()).isTrue();
            assertThat(resumed.at("/scope/keys").asLong()).isGreaterThanOrEqualTo(keys + 1);
            assertThat(resumed.get("compared").asLong())
                    .isEqualTo(resumed.at("/scope/keys").asLong());
            assertThat(resumed.get("differenceCount").asInt()).isEqualTo(1);
            assertThat(resumed.at("/differences/0/kind").asText()).isEqualTo("MISSING");
            assertThat(again.json("validate", "--resume")
                            .document()
                            .at("/scope/resumed")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void digest_readsOnlyTheBucketThatDiffers() {
        LegacySample.loadMany(redis, 4_000);
        redis.set("ngx:conv:one", "{\"a\":1}");
        assertThat(cli.run("migrate", "--yes").exitCode()).isZero();
        JsonNode equal = cli.json("validate", "--sample", "digest").document();
        assertThat(equal.get("differenceCount").asInt()).isZero();
        assertThat(equal.at("/scope/mode").asText()).isEqualTo("digest");
        assertThat(equal.at("/scope/confidence").asDouble()).isEqualTo(1);
        assertThat(equal.at("/scope/buckets").asInt()).isGreaterThan(4);
        assertThat(equal.at("/scope/bucketsRead").asInt()).isZero();
        byte[] key = "cs:conversations:conv:one".getBytes(StandardCharsets.UTF_8);
        redis.set(
                key,
                EnvelopeFormat.encode(
                        Envelope.of(Envelope.CODEC_JSON, new byte[] {'1'}).withFlags(Envelope.MIGRATED)));
        JsonNode other = cli.json("validate", "--sample", "digest").document();
        assertThat(other.at("/differences/0/id").asText()).isEqualTo("conv:one");
        assertThat(other.at("/scope/bucketsRead").asInt()).isEqualTo(1);
    }

    @Test
    void sample_looksAtBothSidesAndSaysWhatThatShows() {
        LegacySample.loadMany(redis, 4_000);
        assertThat(cli.run("migrate", "--yes").exitCode()).isZero();
        JsonNode equal = cli.json("validate", "--sample", "500").document();
        assertThat(equal.get("compared").asInt()).isEqualTo(500);
        // 1 - 0.025^(1/500)
        assertThat(equal.at("/scope/confidence").asDouble()).isBetween(0.9926, 0.9927);
        redis.scan(
                        "0",
                        new redis.clients.jedis.params.ScanParams()
                                .match("ngx:*")
                                .count(4_000))
                .getResult()
                .forEach(redis::del);
        JsonNode emptied = cli.json("validate", "--sample", "500").document();
        assertThat(emptied.at("/differences/0/kind").asText()).isEqualTo("EXTRA");
        // which ones are looked at is chance, and so is how many of them are gone
        double same = emptied.get("equal").asDouble() / emptied.get("compared").asDouble();
        assertThat(emptied.at("/scope/confidence").asDouble()).isLessThan(same).isLessThan(0.9);
    }

    @Test
    void applicationThatChangesEntriesAllTheTime_raisesNoFalseAlarm() {
        LegacySample.loadMany(redis, 2_000);
        project.file("migrator.yml", "parameters:\n  namespace: ngx\n");
        try (ShimApplication busy = application(4).begin();
                ShimApplication other = application(2).begin()) {
            assertThat(cli.run("migrate", "--yes", "--stage", "dual-write").exitCode())
                    .isZero();
            for (String stage : new String[] {"dual-write", "canary --percent 50", "consolidated"}) {
                Cli.Outcome moved = cli.run(("rollout --yes --to " + stage).split(" "));
                assertThat(moved.exitCode()).as(moved.all()).isZero();
                for (String sample : new String[] {"full", "digest", "full"}) {
                    Cli.Outcome validate = cli.json("validate", "--sample", sample);
                    assertThat(validate.exitCode()).as(validate.all()).isZero();
                    assertThat(validate.document().get("differences")).isEmpty();
                }
            }
            assertThat(busy.say("stop")).contains("\"wrong\":[]");
            assertThat(other.say("stop")).contains("\"wrong\":[]");
        }
    }

    private ShimApplication application(int load) {
        return ShimApplication.start(load, "REDIS_URL=" + server.uri(), "CACHE_STAGE_FILE=" + stageFile());
    }

    private Path stageFile() {
        if (!project.stateFiles().contains(".migrator/stage")) {
            project.file(".migrator/stage", "LEGACY\n");
        }
        return project.root().resolve(".migrator").resolve("stage");
    }

    @Test
    void entryThatAMirrorMissed_isADifferenceWhileMirrorsKeepBothAlike() {
        redis.set("ngx:conv:missed", "{\"a\":1}");
        try (ShimApplication follower = application(0).begin()) {
            assertThat(cli.run("migrate", "--yes", "--stage", "dual-write").exitCode())
                    .isZero();
            // what a mirror wrote once, and a later change that it never handed over
            redis.set(
                    "cs:conversations:conv:missed".getBytes(StandardCharsets.UTF_8),
                    EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_JSON, "{\"a\":0}".getBytes(StandardCharsets.UTF_8))
                            .withCreated(1)));
            JsonNode found = cli.json("validate").document();
            assertThat(found.at("/differences/0/kind").asText()).isEqualTo("VALUE");
            assertThat(found.at("/differences/0/id").asText()).isEqualTo("conv:missed");
            assertThat(follower.pid()).isPositive();
        }
    }
}
