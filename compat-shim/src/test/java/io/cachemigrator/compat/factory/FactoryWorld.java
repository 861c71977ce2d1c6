package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.ManualClock;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A stage with a real Redis and a target of some kind: makes runtimes, and closes them. */
final class FactoryWorld implements AutoCloseable {
    /** Where entries are. */
    enum Setting {
        LEGACY(new Stage.Legacy(), Target.REDIS),
        SHADOW(new Stage.Shadow(), Target.REDIS),
        DUAL_WRITE_REDIS(new Stage.DualWrite(), Target.REDIS),
        DUAL_WRITE_MEMORY(new Stage.DualWrite(), Target.MEMORY),
        DUAL_WRITE_DISK(new Stage.DualWrite(), Target.DISK),
        CANARY_REDIS(new Stage.Canary(50), Target.REDIS),
        CANARY_MEMORY(new Stage.Canary(50), Target.MEMORY),
        CANARY_DISK(new Stage.Canary(50), Target.DISK),
        CONSOLIDATED_REDIS(new Stage.Consolidated(), Target.REDIS),
        CONSOLIDATED_MEMORY(new Stage.Consolidated(), Target.MEMORY),
        CONSOLIDATED_DISK(new Stage.Consolidated(), Target.DISK),
        STAND_IN(new Stage.Legacy(), Target.NONE);

        final Stage stage;
        final Target target;

        Setting(Stage stage, Target target) {
            this.stage = stage;
            this.target = target;
        }
    }

    /** What the consolidated service keeps entries in. */
    enum Target {
        REDIS,
        MEMORY,
        DISK,
        NONE
    }

    final ManualClock clock = new ManualClock();
    private final TestRedis redis;
    private final Path folder;
    private final List<FactoryRuntime> runtimes = new ArrayList<>();

    FactoryWorld(TestRedis redis, Path folder) {
        this.redis = redis;
        this.folder = folder;
    }

    LegacyOptionsBuilder options(Stage stage) {
        return LegacyOptions.builder()
                .redisUrl(redis.url())
                .stage(StageSource.fixed(stage))
                .clock(clock);
    }

    LegacyOptionsBuilder options(Setting setting) {
        LegacyOptionsBuilder options = options(setting.stage);
        Path disk = folder.resolve("disk-" + runtimes.size());
        return switch (setting.target) {
            case REDIS -> options;
            case MEMORY -> options.service(memory());
            case DISK -> options.service(stores -> stores.diskFolder(disk));
            case NONE -> options.inMemory();
        };
    }

    private static Consumer<CacheConfigBuilder> memory() {
        return stores -> {};
    }

    FactoryRuntime open(LegacyOptionsBuilder options, ClearScope scope) {
        FactoryRuntime runtime = FactoryRuntime.open(options.build(), scope);
        runtimes.add(runtime);
        return runtime;
    }

    FactoryRuntime open(LegacyOptionsBuilder options) {
        return open(options, ClearScope.EVERYTHING);
    }

    @Override
    public void close() {
        runtimes.forEach(FactoryRuntime::close);
    }
}
