package io.cachemigrator.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process that loads an entry for all dies or is stopped in its loader, while others wait for the entry. */
@Tag("SVC-5")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LeaseHolderTest {
    /** Less than the minute for which a holder that lives may keep the others waiting. */
    private static final long TAKEN_OVER_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(45);

    @TempDir
    private Path folder;

    /** What a test does with a store. */
    private interface Scenario {
        void play(TierPolicy policy, Object store) throws Exception;
    }

    private void on(TierPolicy policy, Scenario scenario) throws Exception {
        if (policy.usesRedis()) {
            try (EmbeddedRedis redis = new EmbeddedRedis()) {
                scenario.play(policy, redis.uri());
            }
        } else {
            scenario.play(policy, folder);
        }
    }

    private static CommandedProcess firstToAnswer(CommandedProcess one, CommandedProcess other) throws Exception {
        Eventually.await("one of them loads", TAKEN_OVER_WITHIN_NANOS, () -> one.hasAnswered() || other.hasAnswered());
        return one.hasAnswered() ? one : other;
    }

    @ParameterizedTest
    @EnumSource(
            value = TierPolicy.class,
            names = {"DISK", "MEMORY_DISK", "REDIS", "MEMORY_REDIS"})
    @DisplayName("a loader is killed: when its lease ends one of those who wait loads, once, for all")
    void holder_killed_isReplacedByOneOfThoseWhoWait(TierPolicy policy) throws Exception {
        on(policy, this::killHolder);
    }

    private void killHolder(TierPolicy policy, Object store) throws Exception {
        try (CommandedProcess holder = new CommandedProcess(policy, store);
                CommandedProcess second = new CommandedProcess(policy, store);
                CommandedProcess third = new CommandedProcess(policy, store)) {
            assertThat(holder.ask("load k first")).isEqualTo("loading");
            second.tell("load k second");
            third.tell("load k third");
            holder.kill();

            CommandedProcess heir = firstToAnswer(second, third);
            heir.expect("loading");
            heir.tell("go on");
            String loaded = "loaded " + (heir == second ? "second" : "third");
            // the other one has not asked its loader
            second.expect(loaded);
            third.expect(loaded);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TierPolicy.class,
            names = {"DISK", "MEMORY_DISK", "REDIS", "MEMORY_REDIS"})
    @DisplayName("a loader is stopped: another takes over, and what the first brings late replaces nothing")
    void holder_stoppedForLongerThanItsLease_replacesNothing(TierPolicy policy) throws Exception {
        on(policy, this::stopHolder);
    }

    private void stopHolder(TierPolicy policy, Object store) throws Exception {
        CacheConfigBuilder config = CacheConfig.builder()
                .defaults(RegionConfig.builder("default").tiers(policy).build());
        config = policy.usesRedis() ? config.redisUri(store.toString()) : config.diskFolder(folder);
        try (CommandedProcess holder = new CommandedProcess(policy, store);
                CommandedProcess second = new CommandedProcess(policy, store);
                CacheService service = CacheService.open(config.build())) {
            assertThat(holder.ask("load k first")).isEqualTo("loading");
            holder.signal("STOP");
            assertThat(second.ask("load k second")).isEqualTo("loading");
            assertThat(second.ask("go on")).isEqualTo("loaded second");
            service.region("r", String.class).delete("k");
            holder.signal("CONT");
            assertThat(holder.ask("go on")).isEqualTo("loaded first");

            assertThat(service.region("r", String.class).get("k")).isNull();
            assertThat(holder.ask("get k")).isEqualTo("nothing");
        }
    }
}
