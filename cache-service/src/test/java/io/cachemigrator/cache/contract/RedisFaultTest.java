package io.cachemigrator.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.FaultyProxy.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two services on one server, of which one lives through faults. Values are versions of a source, as an application has one.
 */
@Tag("SVC-6")
class RedisFaultTest {
    private static final int KEYS = 60;

    @TempDir
    Path folder;

    private final Map<String, Integer> source = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private EmbeddedRedis server;
    private FaultyProxy network;
    private CacheService mine;
    private CacheService other;

    /** What goes wrong. */
    enum Scenario {
        KILLED_AND_RESTARTED_WITH_ITS_DATA,
        STOPPED_AND_RESTARTED_EMPTY,
        PAUSED,
        NETWORK_CUT,
        ANSWERS_LOST,
        CONNECTIONS_RESET,
        SLOW
    }

    @BeforeEach
    void open() {
        server = new EmbeddedRedis("appendonly yes", "appendfsync always", "dir " + folder);
        network = new FaultyProxy(server.port());
        mine = service(network.uri());
        other = service(server.uri());
    }

    private static CacheService service(String uri) {
        RedisConfig redis = RedisConfig.of(uri);
        return CacheService.open(CacheConfig.builder()
                .redis(redis.withTimeouts(Duration.ofMillis(500), Duration.ofMillis(600))
                        .withOutage(redis.outage().withBreaker(3, Duration.ofMillis(100))))
                .defaults(RegionConfig.builder("default")
                        .tiers(TierPolicy.MEMORY_REDIS)
                        .build())
                .build());
    }

    @AfterEach
    void close() {
        mine.close();
        other.close();
        network.close();
        server.close();
    }

    private int read(CacheService service, String id) {
        Integer value = service.region("r", Integer.class).getOrLoad(id, key -> {
            loads.incrementAndGet();
            return source.get(key);
        });
        return value == null ? -1 : value;
    }

    private void breakIt(Scenario scenario) {
        switch (scenario) {
            case KILLED_AND_RESTARTED_WITH_ITS_DATA -> server.kill();
            case STOPPED_AND_RESTARTED_EMPTY -> server.stop();
            case PAUSED -> server.pause();
            case NETWORK_CUT -> network.set(Fault.CUT);
            case ANSWERS_LOST -> network.set(Fault.NO_ANSWERS);
            case CONNECTIONS_RESET -> network.set(Fault.RESET);
            case SLOW -> network.set(Fault.SLOW);
        }
    }

    private void mend(Scenario scenario) throws Exception {
        switch (scenario) {
            case KILLED_AND_RESTARTED_WITH_ITS_DATA -> {
                server.stop();
                server.start();
            }
            case STOPPED_AND_RESTARTED_EMPTY -> {
                Files.delete(folder.resolve("appendonly.aof"));
                server.start();
            }
            case PAUSED -> server.resume();
            case NETWORK_CUT, ANSWERS_LOST, CONNECTIONS_RESET, SLOW -> network.set(Fault.NONE);
        }
        for (CacheService service : List.of(mine, other)) {
            Eventually.await(
                    "the service recovers by itself",
                    () -> service.health().isHealthy()
                            && service.health()
                                    .tiers()
                                    .get("redis")
                                    .details()
                                    .get("heldWrites")
                                    .equals("0"));
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    @DisplayName("no exception to callers, nothing stale once healed, hardly a load too many, no restart")
    void fault_isLivedThrough(Scenario scenario) throws Exception {
        Region<Integer> region = mine.region("r", Integer.class);
        for (int i = 0; i < KEYS; i++) {
            source.put("k" + i, 1);
            region.put("k" + i, 1, WriteOptions.DEFAULTS.withTags(i % 10 == 3 ? "third" : "rest"));
            assertThat(read(other, "k" + i)).isEqualTo(1);
        }

        breakIt(scenario);
        for (int i = 0; i < KEYS; i += 10) {
            source.put("k" + i, 2);
            region.put("k" + i, 2);
            source.put("k" + (i + 1), 2);
            region.delete("k" + (i + 1));
            source.put("k" + (i + 3), 2);
        }
        region.invalidateTags(List.of("third"));
        for (int i = 0; i < KEYS; i++) {
            assertThat(read(mine, "k" + i)).isEqualTo(source.get("k" + i));
        }

        mend(scenario);
        loads.set(0);
        for (int i = 0; i < KEYS; i++) {
            String id = "k" + i;
            assertThat(read(mine, id)).isEqualTo(source.get(id));
            // the other service learns of changes through Redis, in its own time
            Eventually.await("nothing stale", () -> read(other, id) == source.get(id));
        }
        assertThat(loads.get()).isLessThanOrEqualTo(KEYS + KEYS / 10);
    }
}
