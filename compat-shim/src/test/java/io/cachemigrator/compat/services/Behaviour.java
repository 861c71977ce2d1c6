package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.ManualClock;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * What callers of the legacy classes see is the same in every setting: at each stage, with the consolidated side in Redis, in
 * memory and on disk, and with the stand-in that needs no server.
 */
@Tag("SHM-1")
@Tag("SHM-3")
@SuppressWarnings("removal") // the legacy classes are what is tested
abstract class Behaviour {
    /** Where entries are. */
    enum Setting {
        LEGACY(new Stage.Legacy()),
        DUAL_WRITE(new Stage.DualWrite()),
        CANARY(new Stage.Canary(50)),
        REDIS(new Stage.Consolidated()),
        MEMORY(new Stage.Consolidated()),
        DISK(new Stage.Consolidated()),
        STAND_IN(new Stage.Legacy());

        final Stage stage;

        Setting(Stage stage) {
            this.stage = stage;
        }

        /** Whether the legacy layout counts, in Redis. */
        boolean isLegacyLayout() {
            return this == LEGACY || this == DUAL_WRITE || this == CANARY;
        }
    }

    static TestRedis redis;

    @TempDir
    Path folder;

    ManualClock clock;
    RedisCacheService service;
    private int opened;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void clear() {
        redis.raw().flushAll();
        clock = new ManualClock();
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
    }

    LegacyCacheSettings.Builder settings(Setting setting) {
        LegacyCacheSettings.Builder settings = LegacyCacheSettings.builder(Map.of())
                .url(redis.url())
                .stage(StageSource.fixed(setting.stage))
                .clock(clock);
        Path disk = folder.resolve("disk-" + opened++);
        return switch (setting) {
            case MEMORY -> settings.service(stores -> {});
            case DISK -> settings.service(stores -> stores.diskFolder(disk));
            case STAND_IN -> settings.inMemory();
            default -> settings;
        };
    }

    /** Opens the service of a setting; closed after the test. */
    RedisCacheService open(Setting setting) {
        service = new RedisCacheService(settings(setting).build());
        return service;
    }

    NgxCacheManager manager(Setting setting) {
        return new NgxCacheManager(open(setting));
    }
}
