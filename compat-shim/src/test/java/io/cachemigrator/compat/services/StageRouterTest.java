package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is tested
class StageRouterTest {

    @Test
    void constructor_stageThatIsNotRouted_isRefused() {
        assertRefused(new Stage.Shadow(), "SHADOW");
        assertRefused(new Stage.Canary(25), "CANARY(25)");
    }

    @Test
    void call_stageChangesToOneThatIsNotRouted_goesOnAsBefore() {
        AtomicReference<Stage> stage = new AtomicReference<>(new Stage.Legacy());
        try (TestRedis redis = TestRedis.started();
                RedisCacheService cache = new RedisCacheService(LegacyCacheSettings.builder(Map.of())
                        .url(redis.url())
                        .stage(stage::get)
                        .build())) {
            cache.set("k", 1);
            stage.set(new Stage.Shadow());
            cache.set("l", 2);
            assertThat(redis.keys("*")).containsExactlyInAnyOrder("ngx:k", "ngx:l");
        }
    }

    private static void assertRefused(Stage stage, String name) {
        LegacyCacheSettings settings = LegacyCacheSettings.builder(Map.of())
                .stage(StageSource.fixed(stage))
                .build();
        assertThatThrownBy(() -> new RedisCacheService(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The stage is " + name)
                .hasMessageContaining("LEGACY, DUAL_WRITE and CONSOLIDATED");
    }
}
