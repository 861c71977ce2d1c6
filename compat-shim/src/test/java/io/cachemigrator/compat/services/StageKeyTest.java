package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StagePlace;
import io.cachemigrator.compat.stage.StagePresence;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.compat.stage.StageUnreadableException;
import io.cachemigrator.compat.testkit.Eventually;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stage in a key of a real Redis, with a password. */
@Tag("SHM-3")
@Tag("CLI-12")
class StageKeyTest {
    private static final String PASSWORD = "s3cr3t-Pa55";

    @Test
    void key_writtenAndReported_isReadBackAndRemoved() {
        try (TestRedis redis = new TestRedis(PASSWORD).start();
                StagePlace place = StageSources.key(RedisConfig.of(uri(redis)), "support desk")) {
            assertThat(place.read()).isEmpty();
            assertThat(place.present()).isEmpty();
            place.write(new Stage.Canary(5));
            assertThat(place.read()).contains(new Stage.Canary(5));
            assertThat(redis.raw().get("cs:{!}stage:support desk")).isEqualTo("CANARY(5)");
            StagePresence first = new StagePresence("1@a-x", new Stage.Shadow(), false, 0);
            StagePresence second = new StagePresence("2@b-y", new Stage.Canary(5), true, 7);
            place.report(first);
            place.report(second);
            assertThat(place.present()).containsExactlyInAnyOrder(first, second);
            assertThat(redis.raw().pttl("cs:{!}stage:support desk:seen")).isBetween(1L, 10_000L);
            // one that has said nothing for longer is forgotten, and its field goes with the next report
            redis.raw().hset("cs:{!}stage:support desk:seen", "3@c-z", "LEGACY;store;0;1");
            assertThat(place.present()).hasSize(2);
            place.report(first);
            assertThat(redis.raw().hlen("cs:{!}stage:support desk:seen")).isEqualTo(2);
            place.remove();
            assertThat(redis.keys("*")).isEmpty();
            redis.raw().set("cs:{!}stage:support desk", "nonsense");
            assertThatThrownBy(place::read)
                    .isInstanceOf(StageUnreadableException.class)
                    .hasMessageContaining("'nonsense' is not a stage");
        }
    }

    @Test
    @Tag("SHM-2")
    void usage_isOfEachProcessAndGoesWithTheStage() {
        String usage = "cs:{!}stage:used:usage";
        try (TestRedis redis = new TestRedis(PASSWORD).start();
                StagePlace place = StageSources.key(RedisConfig.of(uri(redis)), "used")) {
            redis.raw().hset(usage, "0@long-ago", "1000\nold");
            place.reportUsage("1@a", "first\nline");
            place.reportUsage("1@a", "second\nline");
            place.reportUsage("2@b", "third");
            assertThat(place.usage()).containsExactlyInAnyOrder("second\nline", "third");
            assertThat(redis.raw().pttl(usage)).isPositive();
            place.remove();
            assertThat(place.usage()).isEmpty();
        }
    }

    @Test
    void source_serverGoneAndBack_keepsTheStageAndFollowsAgain() {
        try (TestRedis redis = new TestRedis(PASSWORD).start();
                StagePlace place = StageSources.key(RedisConfig.of(uri(redis)), "gone")) {
            place.write(new Stage.Consolidated());
            StageSource source = source(redis, "gone");
            assertThat(source.current()).isEqualTo(new Stage.Consolidated());
            redis.stop();
            assertThatThrownBy(place::read)
                    .isInstanceOf(StageUnreadableException.class)
                    .hasMessageContaining("cs:{!}stage:gone")
                    .message()
                    .doesNotContain(PASSWORD);
            assertThat(source.current()).isEqualTo(new Stage.Consolidated());
            redis.start();
            assertThat(place.read()).as("restarted empty").isEmpty();
            place.write(new Stage.Canary(50));
            Eventually.await(() -> source.current().equals(new Stage.Canary(50)));
            Eventually.await(
                    () -> place.present().stream().anyMatch(one -> one.stage().equals(new Stage.Canary(50))));
        }
    }

    @Test
    void source_neverSet_isLegacy_andUnreachableAtStart_writesBoth() {
        try (TestRedis redis = new TestRedis(PASSWORD).start()) {
            assertThat(source(redis, "never-set").current()).isEqualTo(new Stage.Legacy());
            redis.stop();
            StageSource started = source(redis, "started without");
            assertThat(started.current()).isEqualTo(new Stage.DualWrite());
            redis.start();
            try (StagePlace place = StageSources.key(RedisConfig.of(uri(redis)), "started without")) {
                place.write(new Stage.Legacy());
                Eventually.await(() -> started.current().equals(new Stage.Legacy()));
            }
        }
    }

    private static StageSource source(TestRedis redis, String name) {
        return StageSources.fromEnvironment(
                Map.of("CACHE_STAGE_URI", uri(redis), "CACHE_STAGE_NAME", name), Clock.systemUTC());
    }

    private static String uri(TestRedis redis) {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + redis.port();
    }
}
