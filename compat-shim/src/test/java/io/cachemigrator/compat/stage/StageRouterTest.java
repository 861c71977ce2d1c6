package io.cachemigrator.compat.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SHM-3")
@Tag("CLI-12")
class StageRouterTest {
    @TempDir
    Path folder;

    private final AtomicReference<Stage> stage = new AtomicReference<>(new Stage.Legacy());

    @Test
    @DisplayName("a stage counts as followed only when no call is on its way that began under another")
    void follow_callStillOnItsWay_isNotYetThere() {
        try (StageRouter<KeyedStore> router = router(stage::get)) {
            StageRouter.Routed<KeyedStore> call = router.begin();
            stage.set(new Stage.DualWrite());
            assertThat(router.follow(new Stage.DualWrite())).isFalse();
            assertThat(router.stage()).isEqualTo(new Stage.DualWrite());
            router.begin().close();
            assertThat(router.follow(new Stage.DualWrite())).isFalse();
            call.close();
            assertThat(router.follow(new Stage.DualWrite())).isTrue();
        }
    }

    @Test
    void report_callStillOnItsWay_saysTheStageBefore() {
        StagePlace place = StageSources.file(folder.resolve("stage"), Clock.systemUTC());
        place.write(new Stage.Legacy());
        try (StagePoller poller = StagePoller.start(place, null, new Stage.Legacy(), null);
                StageRouter<KeyedStore> router = router(poller)) {
            try (StageRouter.Routed<KeyedStore> call = router.begin()) {
                place.write(new Stage.DualWrite());
                poller.look();
                assertThat(call.way().mirror()).isNull();
                assertThat(router.stage()).isEqualTo(new Stage.DualWrite());
                assertThat(place.present().get(0).stage()).isEqualTo(new Stage.Legacy());
            }
            StageWait.within(
                    Duration.ofSeconds(2), () -> place.present().get(0).stage().equals(new Stage.DualWrite()));
        }
    }

    private static StageRouter<KeyedStore> router(StageSource source) {
        return new StageRouter<>(source, StagedOptions.DEFAULTS, StageRouterTest::memory, StageRouterTest::memory);
    }

    private static KeyedStore memory() {
        return KeyedStore.over(CacheService.open(CacheConfig.builder().build()), KeyRoutes.services());
    }
}
