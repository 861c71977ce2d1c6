package io.cachemigrator.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.ConfigChange;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisOutageConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.config.source.CacheConfigLoader;
import io.cachemigrator.cache.config.source.ConfigSource;
import io.cachemigrator.cache.config.source.ConfigWatch;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.contract.FaultyProxy;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SVC-10")
class ReconfigureTest {
    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));

    private static RegionConfig.Builder region() {
        return RegionConfig.builder("r");
    }

    private CacheConfig config(RegionConfig.Builder region) {
        return CacheConfig.builder().clock(clock).region(region.build()).build();
    }

    @Test
    void settingsOfARegion_holdForTheNextOperationOfViewsThatAreHeld() {
        try (CacheService service = CacheService.open(config(region().defaultTtl(Duration.ofHours(1))))) {
            Region<String> held = service.region("r", String.class);
            AsyncRegion<String> async = held.async();
            held.put("before", "1");
            held.increment("count", 41);
            List<ConfigChange> changes = service.reconfigure(
                    config(region().defaultTtl(Duration.ofMinutes(1)).maxValueBytes(5)));
            assertThat(changes)
                    .containsExactly(
                            new ConfigChange("regions.r.defaultTtl", "PT1H", "PT1M"),
                            new ConfigChange("regions.r.maxValueBytes", "67108864", "5"));
            assertThat(held.config().maxValueBytes()).isEqualTo(5);
            assertThat(held.get("before")).as("carried over").isEqualTo("1");
            assertThat(held.increment("count", 1)).isEqualTo(new CounterResult.Counted(42));
            held.put("after", "2");
            assertThat(async.put("large", "123456").join()).isEqualTo(WriteOutcome.TOO_LARGE);
            clock.advance(Duration.ofMinutes(1));
            assertThat(held.get("after")).isNull();
            assertThat(async.lookup("before").join().isPresent()).isTrue();
            assertThat(held.statistics().puts()).as("counts go on").isGreaterThanOrEqualTo(3);
            assertThat(service.reconfigure(service.config())).isEmpty();
        }
    }

    @Test
    void boundOfMemory_smaller_evictsAndLaterKeepsIt() {
        try (CacheService service = CacheService.open(config(region().memoryMaxEntries(1_000)))) {
            Region<String> held = service.region("r", String.class);
            for (int i = 0; i < 500; i++) {
                held.put("k" + i, "v");
            }
            service.reconfigure(config(region().memoryMaxEntries(10)));
            held.put("one more", "v");
            assertThat(held.statistics().tiers().get("memory").entries()).isLessThanOrEqualTo(10);
            service.reconfigure(config(region().memoryMaxBytes(1_000_000)));
            for (int i = 0; i < 100; i++) {
                held.put("k" + i, "v");
            }
            assertThat(held.findAll(List.of("k0", "k50", "k99"))).hasSize(3);
        }
    }

    @Test
    @Tag("SVC-2")
    void tiersOfARegion_changeWithoutCode() {
        try (EmbeddedRedis server = new EmbeddedRedis();
                EmbeddedRedis other = new EmbeddedRedis();
                CacheService service = CacheService.open(
                        CacheConfig.builder().region(region().build()).build())) {
            Region<String> held = service.region("r", String.class);
            held.put("k", "memory");
            service.reconfigure(CacheConfig.builder()
                    .redisUri(server.uri())
                    .diskFolder(folder)
                    .region(region().tiers(TierPolicy.MEMORY_REDIS).build())
                    .build());
            assertThat(held.get("k")).isNull();
            held.put("k", "redis");
            assertThat(held.describe("k").tier()).isEqualTo("redis");
            service.reconfigure(CacheConfig.builder()
                    .redisUri(server.uri())
                    .diskFolder(folder)
                    .region(region().tiers(TierPolicy.DISK).build())
                    .build());
            held.put("k", "disk");
            assertThat(held.describe("k").tier()).isEqualTo("disk");
            service.reconfigure(CacheConfig.builder()
                    .redisUri(server.uri())
                    .region(region().tiers(TierPolicy.REDIS).build())
                    .build());
            assertThat(held.get("k")).isEqualTo("redis");
            service.reconfigure(CacheConfig.builder()
                    .redisUri(other.uri())
                    .region(region().tiers(TierPolicy.REDIS).build())
                    .build());
            assertThat(held.get("k")).isNull();
            held.put("k", "other");
            service.reconfigure(CacheConfig.builder()
                    .redisUri(other.uri())
                    .keyPrefix("app:")
                    .region(region().tiers(TierPolicy.REDIS).build())
                    .build());
            assertThat(held.get("k")).isNull();
        }
    }

    @Test
    @Tag("SVC-8")
    void keysOfEncryption_rotateWhileItRuns() {
        RegionConfig secret = region().encrypted(true).tiers(TierPolicy.DISK).build();
        byte[] old = new byte[32];
        byte[] fresh = new byte[32];
        fresh[0] = 1;
        CacheConfig before = CacheConfig.builder()
                .diskFolder(folder)
                .region(secret)
                .encryption(EncryptionConfig.of(1, Map.of(1, old)))
                .build();
        try (CacheService service = CacheService.open(before)) {
            Region<String> held = service.region("r", String.class);
            held.put("a", "text");
            assertThat(service.reconfigure(before))
                    .as("equal keys are no change")
                    .isEmpty();
            service.reconfigure(CacheConfig.builder()
                    .diskFolder(folder)
                    .region(secret)
                    .encryption(EncryptionConfig.of(2, Map.of(1, old, 2, fresh)))
                    .build());
            held.put("b", "text");
            assertThat(held.findAll(List.of("a", "b"))).hasSize(2);
            service.reconfigure(CacheConfig.builder()
                    .diskFolder(folder)
                    .region(secret)
                    .encryption(EncryptionConfig.of(2, Map.of(2, fresh)))
                    .build());
            assertThat(held.lookup("a")).isInstanceOf(Lookup.Undecodable.class);
            assertThat(held.get("b")).isEqualTo("text");
        }
    }

    @Test
    @Tag("SVC-6")
    void wayToTheSameServers_changedInAnOutage_keepsWhatIsHeld() throws Exception {
        try (EmbeddedRedis server = new EmbeddedRedis();
                FaultyProxy network = new FaultyProxy(server.port())) {
            RedisConfig before = RedisConfig.of(network.uri())
                    .withTimeouts(Duration.ofMillis(500), Duration.ofMillis(600))
                    .withOutage(RedisOutageConfig.DEFAULTS.withBreaker(3, Duration.ofMillis(100)));
            RedisConfig after = before.withPoolSize(3)
                    .withOutage(before.outage().withHeld(20, 1_000_000).withBreaker(4, Duration.ofMillis(100)));
            try (CacheService service =
                    CacheService.open(CacheConfig.builder().redis(before).build())) {
                Region<String> held = service.region("r", String.class);
                held.put("k", "old");
                held.put("deleted", "old");
                network.set(FaultyProxy.Fault.RESET);
                assertThat(held.put("k", "new")).isEqualTo(WriteOutcome.UNAVAILABLE);
                held.delete("deleted");

                List<ConfigChange> changes =
                        service.reconfigure(CacheConfig.builder().redis(after).build());

                assertThat(changes)
                        .containsExactly(
                                new ConfigChange("redis.outage.failures", "3", "4"),
                                new ConfigChange("redis.outage.heldBytes", "67108864", "1000000"),
                                new ConfigChange("redis.outage.heldWrites", "10000", "20"),
                                new ConfigChange("redis.poolSize", "10", "3"))
                        .allMatch(change -> change.effect() == ConfigChange.Effect.TIER_OPENED_ANEW);
                network.set(FaultyProxy.Fault.NONE);
                // whatever the first answer is, it is no value that was replaced
                Eventually.await("Redis answers", () -> {
                    Lookup<String> first = held.lookup("k");
                    assertThat(first).isNotEqualTo(new Lookup.Absent<String>());
                    return first.isPresent();
                });
                assertThat(held.get("k")).isEqualTo("new");
                assertThat(held.get("deleted")).isNull();
            }
        }
    }

    @Test
    void sourceOfTime_needsARestart() {
        try (CacheService service = CacheService.open(config(region()))) {
            List<ConfigChange> changes = service.reconfigure(
                    CacheConfig.builder().region(region().build()).build());
            assertThat(changes)
                    .singleElement()
                    .satisfies(change -> assertThat(change.path()).isEqualTo("clock"))
                    .satisfies(change -> assertThat(change.effect()).isEqualTo(ConfigChange.Effect.NEEDS_RESTART))
                    .satisfies(change -> assertThat(change.effect().text()).isEqualTo("needs a restart"));
            assertThat(service.config().clock()).isSameAs(clock);
        }
    }

    @Test
    void passwordInTheUri_changed_isAChangeThatHidesIt() {
        try (EmbeddedRedis server = new EmbeddedRedis();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .redisUri(server.uri().replace("//", "//default:hunter1@"))
                        .build())) {
            List<ConfigChange> changes = service.reconfigure(CacheConfig.builder()
                    .redisUri(server.uri().replace("//", "//default:hunter2@"))
                    .build());
            assertThat(changes).containsExactly(new ConfigChange("redis.uri.login", "(hidden)", "(hidden)"));
            assertThat(service.config().redis().rawUserInfo()).isEqualTo("default:hunter2");
        }
    }

    @Test
    void faults_changeNothing() {
        CacheConfig before = config(region());
        try (CacheService service = CacheService.open(before)) {
            Region<String> held = service.region("r", String.class);
            held.put("k", "v");
            assertThatThrownBy(() -> service.reconfigure(config(region().tiers(TierPolicy.REDIS))))
                    .isInstanceOf(ConfigurationException.class);
            assertThat(service.config()).isEqualTo(before);
            assertThat(held.get("k")).isEqualTo("v");
        }
    }

    @Test
    void callers_areNotInterrupted() throws Exception {
        try (EmbeddedRedis server = new EmbeddedRedis();
                CacheService service = CacheService.open(
                        CacheConfig.builder().redisUri(server.uri()).build())) {
            Region<String> held = service.region("r", String.class);
            AtomicBoolean done = new AtomicBoolean();
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                String id = "k" + caller;
                callers.add(CompletableFuture.runAsync(() -> {
                    while (!done.get()) {
                        if (held.put(id, "v") != WriteOutcome.STORED) {
                            throw new AssertionError("a put was not stored");
                        }
                        if (held.lookup(id) instanceof Lookup.Unavailable<String> down) {
                            throw new AssertionError(down.reason());
                        }
                    }
                }));
            }
            TierPolicy[] policies = {
                TierPolicy.MEMORY, TierPolicy.MEMORY_REDIS, TierPolicy.REDIS, TierPolicy.MEMORY_DISK
            };
            for (int i = 0; i < 40; i++) {
                service.reconfigure(CacheConfig.builder()
                        .redisUri(server.uri() + (i % 2 == 0 ? "/0" : "/1"))
                        .diskFolder(folder)
                        .region(region().tiers(policies[i % 4]).build())
                        .build());
            }
            done.set(true);
            for (CompletableFuture<Void> caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void watch_fileChanged_isLoadedAndAFaultyOneIsNot() throws IOException, InterruptedException {
        Path file = folder.resolve("cache.yml");
        Files.writeString(file, "regions: {r: {defaultTtl: 1h}}\n");
        CacheConfigLoader loader = CacheConfigLoader.of(ConfigSource.file(file));
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        ConfigWatch.Listener listener = new ConfigWatch.Listener() {
            @Override
            public void changed(List<ConfigChange> changes) {
                told.add(changes);
            }

            @Override
            public void refused(ConfigurationException faults) {
                told.add(faults);
            }
        };
        try (CacheService service = CacheService.open(loader.load());
                ConfigWatch watch = ConfigWatch.start(service, loader, Duration.ofMillis(5), listener)) {
            Region<String> held = service.region("r", String.class);
            replace(file, "regions: {r: {defaultTtl: 5m}}\n");
            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .isEqualTo(List.of(new ConfigChange("regions.r.defaultTtl", "PT1H", "PT5M")));
            replace(file, "regions: {r: {defaultTtl: soon}}\n");
            assertThat(told.poll(30, TimeUnit.SECONDS)).isInstanceOf(ConfigurationException.class);
            assertThat(held.config().defaultTtl()).isEqualTo(Duration.ofMinutes(5));
            replace(file, "regions: {r: {defaultTtl: none}}\n");
            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .isEqualTo(List.of(new ConfigChange("regions.r.defaultTtl", "PT5M", "none")));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void watch_fileOfAPasswordChanged_isLoaded() throws IOException, InterruptedException {
        Path secret = Files.writeString(folder.resolve("password"), "one");
        Path file = Files.writeString(
                folder.resolve("cache.yml"), "redis: {uri: 'redis://127.0.0.1:1', passwordFile: " + secret + "}\n");
        CacheConfigLoader loader = CacheConfigLoader.of(ConfigSource.file(file));
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        ConfigWatch.Listener listener = new ConfigWatch.Listener() {
            @Override
            public void changed(List<ConfigChange> changes) {
                told.add(changes);
            }

            @Override
            public void refused(ConfigurationException faults) {
                told.add(faults);
            }
        };
        try (CacheService service = CacheService.open(loader.load());
                ConfigWatch watch = ConfigWatch.start(service, loader, Duration.ofMillis(5), listener)) {
            replace(secret, "two");
            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .isEqualTo(List.of(new ConfigChange("redis.password", "(hidden)", "(hidden)")));
            assertThat(service.config().redis().password()).isEqualTo("two");
            assertThat(watch).isNotNull();
        }
    }

    /** As editors and deployments do it: nobody sees half of a file. */
    private void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(folder.resolve("next.yml"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
