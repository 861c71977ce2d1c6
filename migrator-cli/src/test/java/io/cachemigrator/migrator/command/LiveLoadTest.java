package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StagePlace;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.ShimApplication;
import io.cachemigrator.migrator.testkit.TargetEntries;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * Two applications at full speed over the shim while data are migrated, rolled out and rolled back. What each was told is
 * in its ledger, and nothing may differ from that: while it runs as each reads, and at the end in the legacy store. Longer
 * with {@code -Psoak}.
 */
@Tag("CLI-10")
@Tag("CLI-12")
@Tag("SHM-3")
class LiveLoadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = Boolean.getBoolean("soak") ? 20 : 1;
    private static final long TOLERANCE_MILLIS = 1_000;

    @TempDir
    Path folder;

    @Test
    @DisplayName("nothing is lost, stale, resurrected or refused while an application is migrated, rolled out and back")
    void everything_underLoad_losesNothing() {
        try (TestRedis legacy = TestRedis.start();
                TestRedis target = TestRedis.start();
                Jedis redis = legacy.connect();
                Jedis copies = target.connect()) {
            LegacySample.load(redis);
            LegacySample.loadMany(redis, 5_000);
            TestProject project = TestProject.in(folder.resolve("live"));
            Cli cli = Cli.in(project.root()).always("--legacy", legacy.uri(), "--target", target.uri(), "--yes");
            Path file = project.root().resolve(".migrator/stage");
            try (StagePlace place = StageSources.file(file, Clock.systemUTC())) {
                place.write(new Stage.Legacy());
            }
            String[] stores = {"REDIS_URL=" + legacy.uri(), "CACHE_REDIS_URI=" + target.uri()};
            try (ShimApplication one = ShimApplication.start(3, stores[0], stores[1], "CACHE_STAGE_FILE=" + file);
                    ShimApplication two = ShimApplication.start(
                            3, stores[0], stores[1], "CACHE_STAGE_URI=" + target.uri(), "CACHE_STAGE_NAME=live")) {
                one.begin();
                two.begin();
                for (int round = 0; round < ROUNDS; round++) {
                    thereAndBack(cli, redis, copies, one, two);
                }
                List<JsonNode> ends = List.of(read(one.say("stop")), read(two.say("stop")));
                for (JsonNode end : ends) {
                    assertThat(end.get("wrong")).as("what an application saw").isEmpty();
                    assertThat(end.get("operations").asLong()).isGreaterThan(1_000);
                    assertThat(differences(redis, end.get("ledger"))).isEmpty();
                }
                assertThat(TargetEntries.of(copies).values())
                        .as("copies of the run")
                        .noneMatch(stored -> stored.envelope().isMigrated());
            }
        }
    }

    private static void thereAndBack(Cli cli, Jedis redis, Jedis copies, ShimApplication one, ShimApplication two) {
        Cli.Outcome migrate = cli.json("migrate", "--stage", "dual-write");
        assertThat(migrate.exitCode()).as(migrate.all()).isLessThan(2);
        assertThat(migrate.document().get("outcome").asText()).startsWith("COMPLETED");
        for (String percent : List.of("25", "50", "100")) {
            done(cli.run("rollout", "--to", "canary", "--percent", percent), one, two);
        }
        done(cli.run("rollout", "--to", "consolidated"), one, two);
        for (JsonNode held : List.of(read(one.say("hold")), read(two.say("hold")))) {
            assertThat(differences(redis, held.get("ledger"))).as("mirrored").isEmpty();
            assertThat(differencesInTarget(copies, held.get("ledger"))).isEmpty();
        }
        List.of(one, two).forEach(application -> application.say("go"));
        done(cli.run("rollback"), one, two);
    }

    /** Lets the applications work for a while at what was reached. */
    private static void done(Cli.Outcome outcome, ShimApplication one, ShimApplication two) {
        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        for (ShimApplication application : List.of(one, two)) {
            long reached = read(application.say("check")).get("operations").asLong();
            JsonNode now;
            do {
                now = read(application.say("check"));
                assertThat(now.get("wrong")).as("after " + outcome.line()).isEmpty();
            } while (now.get("operations").asLong() < reached + 500);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the target has something else than was acknowledged. */
    private static List<String> differencesInTarget(Jedis copies, JsonNode ledger) {
        Map<String, TargetEntries.Stored> stored = TargetEntries.of(copies);
        List<String> differences = new ArrayList<>();
        ledger.fields().forEachRemaining(each -> {
            String region = each.getKey().startsWith("conv:") ? "conversations" : "metrics";
            TargetEntries.Stored there = stored.get("cs:" + region + ":" + each.getKey());
            Envelope envelope = there == null || there.envelope().isTombstone() ? null : there.envelope();
            String value = envelope == null ? null : new String(envelope.payload(), StandardCharsets.UTF_8);
            differences(each.getKey(), value, envelope == null ? 0 : envelope.deadlineMillis(), each.getValue())
                    .ifPresent(differences::add);
        });
        return differences;
    }

    /** Where the legacy store has something else than was acknowledged: value, existence or deadline. */
    private static List<String> differences(Jedis redis, JsonNode ledger) {
        List<String> differences = new ArrayList<>();
        ledger.fields().forEachRemaining(each -> {
            String value = redis.get("ngx:" + each.getKey());
            long deadline = TargetEntries.deadline(redis, ("ngx:" + each.getKey()).getBytes(StandardCharsets.UTF_8));
            differences(each.getKey(), value, deadline, each.getValue()).ifPresent(differences::add);
        });
        return differences;
    }

    /** What is wrong with an entry; a deadline of -1 is none. */
    private static Optional<String> differences(String key, @Nullable String value, long deadline, JsonNode entry) {
        if (entry.isTextual()) {
            return value == null ? Optional.empty() : Optional.of("resurrected " + key + ": " + value);
        }
        boolean inTime = entry.get("from").asLong() == 0
                ? deadline == -1
                : deadline >= entry.get("from").asLong() - TOLERANCE_MILLIS
                        && deadline <= entry.get("until").asLong() + TOLERANCE_MILLIS;
        return inTime && entry.get("value").asText().equals(value)
                ? Optional.empty()
                : Optional.of(key + ": " + value + " until " + deadline + " for " + entry);
    }
}
