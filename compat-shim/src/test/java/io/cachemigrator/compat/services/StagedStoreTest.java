package io.cachemigrator.compat.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the two layouts hold at each stage; legacy and target are different servers here. */
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is tested
class StagedStoreTest {
    private final AtomicReference<Stage> stage = new AtomicReference<>(new Stage.Legacy());
    private TestRedis legacy;
    private TestRedis target;
    private RedisCacheService cache;

    @BeforeEach
    void open() {
        legacy = TestRedis.started();
        target = TestRedis.started();
        cache = new RedisCacheService(settings().build());
    }

    @AfterEach
    void close() {
        cache.close();
        legacy.close();
        target.close();
    }

    @Test
    void legacyStage_everyWrite_leavesTheTargetAlone() {
        cache.set("k", 1);
        cache.increment("n");
        assertThat(legacy.keys("*")).containsExactlyInAnyOrder("ngx:k", "ngx:n");
        assertThat(target.keys("*")).isEmpty();
    }

    @Test
    void dualWriteStage_everyWrite_isRepeatedOnTheTarget() {
        stage.set(new Stage.DualWrite());
        cache.set("k", "v", Duration.ofSeconds(90));
        cache.setMany(Map.of("a", 1, "conv:b", 2));
        cache.increment("n", 5);
        cache.increment("n", -2);
        assertThat(onTarget("general", "k")).contains("v");
        assertThat(remaining("cs:general:k")).isBetween(80_000L, 90_000L);
        assertThat(onTarget("general", "a")).contains(1);
        assertThat(onTarget("conversations", "conv:b")).contains(2);
        assertThat(onTarget("general", "n")).contains(3);
        cache.expire("k", Duration.ofSeconds(20));
        assertThat(remaining("cs:general:k")).isBetween(1L, 20_000L);
        cache.delete("k");
        assertThat(onTarget("general", "k")).isEmpty();
        cache.clearNamespace();
        assertThat(onTarget("conversations", "conv:b")).isEmpty();
        assertThat(cache.getStats().mirrorFailures()).isZero();
    }

    @Test
    void dualWriteStage_conditionNotMet_isNotRepeated() {
        legacy.raw().set("ngx:k", "\"old\"");
        stage.set(new Stage.DualWrite());
        assertThat(cache.set("k", "new", SetOptions.ifAbsent())).isFalse();
        assertThat(onTarget("general", "k")).isEmpty();
    }

    @Test
    @DisplayName("a counter that the target does not have goes on from the sum, not from zero")
    void dualWriteStage_counterNotYetCopied_goesOnFromTheSum() {
        legacy.raw().set("ngx:visits", "42");
        stage.set(new Stage.DualWrite());
        assertThat(cache.increment("visits")).hasValue(43);
        assertThat(onTarget("general", "visits")).contains(43);
        assertThat(cache.increment("visits")).hasValue(44);
        assertThat(onTarget("general", "visits")).contains(44);
    }

    @Test
    void dualWriteStage_targetDown_isNotTheCallersTrouble() {
        stage.set(new Stage.DualWrite());
        target.stop();
        assertThat(cache.set("k", "v")).isTrue();
        assertThat(cache.increment("n")).hasValue(1);
        assertThat(cache.get("k", String.class)).isEqualTo("v");
        assertThat(cache.getStats().errors()).isZero();
        assertThat(cache.getStats().mirrorFailures()).isEqualTo(2);
    }

    @Test
    @DisplayName("a write that had no answer may have been made: what the target has is not read for it meanwhile")
    void canaryStage_writeWithoutAnswer_isNotReadInTheTarget() {
        stage.set(new Stage.Canary(100));
        assertThat(cache.set("k", 1)).isTrue();
        assertThat(cache.set("other", 1)).isTrue();
        legacy.stop();

        assertThat(cache.set("k", 2)).isFalse();

        assertThat(cache.get("other", Integer.class)).isEqualTo(1);
        assertThat(cache.get("k", Integer.class)).isNull();
        assertThat(cache.getStats().mirrorFailures()).isZero();
    }

    @Test
    @DisplayName("a change of the stage is followed without a restart, and back")
    void stageChange_forthAndBack_isFollowed() {
        cache.set("k", "legacy");
        stage.set(new Stage.Consolidated());
        assertThat(cache.get("k", String.class)).as("not copied").isNull();
        cache.set("k", "consolidated");
        assertThat(legacy.raw().get("ngx:k")).as("mirrored").isEqualTo("\"consolidated\"");
        stage.set(new Stage.Legacy());
        assertThat(cache.get("k", String.class)).isEqualTo("consolidated");
    }

    @Test
    void consolidatedStage_mirrorOff_leavesTheLegacyLayoutAlone() {
        stage.set(new Stage.Consolidated());
        legacy.raw().set("ngx:response:general:h", "{\"response\": \"old\"}");
        try (RedisCacheService alone =
                new RedisCacheService(settings().mirror(false).build())) {
            alone.set("k", "v");
            assertThat(alone.get("response:general:h", Map.class)).isNull();
        }
        assertThat(legacy.keys("*")).containsExactly("ngx:response:general:h");
    }

    @Test
    @Tag("services-B-4")
    @DisplayName("B-4: responses that were not copied are found, and removed, under their old key")
    void consolidatedStage_oldResponse_isReadAndRemoved() {
        stage.set(new Stage.Consolidated());
        legacy.raw().set("ngx:response:general:h", "{\"response\": \"old\"}");
        assertThat(cache.get("response:general:h", Map.class)).isEqualTo(Map.of("response", "old"));
        assertThat(cache.getMany(java.util.List.of("response:general:h", "k"), Map.class))
                .isEqualTo(Map.of("response:general:h", Map.of("response", "old")));
        assertThat(cache.exists("response:general:h")).isTrue();
        assertThat(cache.delete("response:general:h")).isTrue();
        assertThat(cache.exists("response:general:h")).isFalse();
        assertThat(legacy.keys("*")).isEmpty();
    }

    private LegacyCacheSettings.Builder settings() {
        return LegacyCacheSettings.builder(Map.of("REDIS_URL", legacy.url(), "CACHE_REDIS_URI", target.url()))
                .stage(stage::get);
    }

    private long remaining(String key) {
        return RawEnvelope.remaining(target.raw().get(key.getBytes(UTF_8)));
    }

    private Optional<Object> onTarget(String region, String id) {
        CacheConfig config = CacheConfig.builder().redisUri(target.url()).build();
        try (CacheService service = CacheService.open(config)) {
            return service.region(region, Object.class).find(id);
        }
    }
}
