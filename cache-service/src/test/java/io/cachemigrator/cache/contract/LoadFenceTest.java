package io.cachemigrator.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.LoadOptions;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.FaultyProxy.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another process changes an entry while it is being loaded. Regions without copies in memory hear of nothing, so that only the
 * store itself can tell.
 */
@Tag("SVC-5")
@Tag("SVC-4")
class LoadFenceTest {
    private static EmbeddedRedis server;
    private static EmbeddedCluster cluster;

    @TempDir
    private Path folder;

    private final List<CacheService> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = new EmbeddedRedis();
        cluster = new EmbeddedCluster();
    }

    @AfterAll
    static void stop() {
        server.close();
        cluster.close();
    }

    @AfterEach
    void close() {
        opened.forEach(CacheService::close);
        server.flush();
        cluster.flush();
    }

    /** What another process does to the entry {@code k} with the tag {@code t}. */
    enum Change {
        DELETED,
        REPLACED_AND_DELETED,
        REPLACED,
        CLEARED,
        PREFIX_CLEARED,
        TAG_INVALIDATED,
        TAG_OF_ALL_REGIONS_INVALIDATED,
        PREFIX_INVALIDATED;

        void make(CacheService service) {
            Region<String> region = service.region("r", String.class);
            switch (this) {
                case DELETED -> region.delete("k");
                case REPLACED_AND_DELETED -> {
                    region.put("k", "replaced");
                    region.delete("k");
                }
                case REPLACED -> region.put("k", "new");
                case CLEARED -> region.clear();
                case PREFIX_CLEARED -> region.clear("k");
                case TAG_INVALIDATED -> region.invalidateTags(List.of("t"));
                case TAG_OF_ALL_REGIONS_INVALIDATED -> service.invalidateTags(List.of("t"));
                case PREFIX_INVALIDATED -> region.invalidatePrefix("k");
            }
        }
    }

    /** Where entries are. */
    enum Store {
        DISK,
        ONE_SERVER,
        CLUSTER;

        TierPolicy policy(boolean copies) {
            if (this == DISK) {
                return copies ? TierPolicy.MEMORY_DISK : TierPolicy.DISK;
            }
            return copies ? TierPolicy.MEMORY_REDIS : TierPolicy.REDIS;
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(Store.values())
                .flatMap(store -> Stream.of(true, false)
                        .flatMap(copies ->
                                Stream.of(Change.values()).map(change -> Arguments.of(store, copies, change))));
    }

    private CacheService service(Store store, boolean copies) {
        return switch (store) {
            case DISK -> open(CacheConfig.builder().diskFolder(folder), store.policy(copies));
            case ONE_SERVER -> service(server.uri(), store.policy(copies));
            case CLUSTER -> service(cluster.uri(), store.policy(copies));
        };
    }

    private CacheService service(String uri, TierPolicy policy) {
        RedisConfig redis = RedisConfig.of(uri);
        return open(
                CacheConfig.builder().redis(redis.withOutage(redis.outage().withBreaker(3, Duration.ofMillis(100)))),
                policy);
    }

    private CacheService open(CacheConfigBuilder config, TierPolicy policy) {
        CacheService service = CacheService.open(config.defaults(RegionConfig.builder("default")
                        .tiers(policy)
                        .staleAllowance(Duration.ofHours(1))
                        .build())
                .build());
        opened.add(service);
        return service;
    }

    private static LoadOptions tagged() {
        return LoadOptions.writing(WriteOptions.DEFAULTS.withTags("t"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void change_byAnotherProcessDuringALoad_isNotUndone(Store store, boolean copies, Change change) {
        Region<String> mine = service(store, copies).region("r", String.class);
        CacheService other = service(store, copies);
        String loaded = mine.getOrLoad(
                "k",
                id -> {
                    change.make(other);
                    return "old";
                },
                tagged());

        assertThat(loaded).isEqualTo("old");
        String expected = change == Change.REPLACED ? "new" : null;
        assertThat(other.region("r", String.class).get("k")).isEqualTo(expected);
        assertThat(mine.get("k")).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void change_beforeALoad_doesNotKeepItFromBeingStored(Store store, boolean copies, Change change) throws Exception {
        Region<String> mine = service(store, copies).region("r", String.class);
        CacheService other = service(store, copies);
        AtomicInteger loads = new AtomicInteger();
        mine.put("k", "before", WriteOptions.DEFAULTS.withTags("t"));
        for (int i = 0; i < 3; i++) {
            change.make(other);
            other.region("r", String.class).delete("k");
            Eventually.await("it is heard of", () -> mine.get("k") == null);
            mine.getOrLoad("k", id -> "new" + loads.incrementAndGet(), tagged());
            assertThat(other.region("r", String.class).get("k")).isEqualTo("new" + loads.get());
        }
        assertThat(loads).hasValue(3);
    }

    @Test
    @DisplayName("an outage when the load begins, a deletion by another process, and Redis again when it ends")
    void deletion_duringALoadThatBeganInAnOutage_isNotUndone() {
        try (FaultyProxy network = new FaultyProxy(server.port())) {
            CacheService service = service(network.uri(), TierPolicy.REDIS);
            Region<String> mine = service.region("r", String.class);
            Region<String> other = service(server.uri(), TierPolicy.REDIS).region("r", String.class);
            mine.put("known", "to serve");
            network.set(Fault.RESET);
            String loaded = mine.getOrLoad("k", id -> {
                other.delete("k");
                network.set(Fault.NONE);
                awaitHealth(service);
                return "old";
            });

            assertThat(loaded).isEqualTo("old");
            assertThat(other.get("k")).isNull();
            assertThat(mine.getOrLoad("k", id -> "new")).isEqualTo("new");
            assertThat(other.get("k")).isEqualTo("new");
        }
    }

    private static void awaitHealth(CacheService service) {
        try {
            Eventually.await("healthy", () -> service.health().isHealthy());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
