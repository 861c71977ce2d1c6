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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XTrimParams;

/** A service with copies in memory does not hear what another one changes. Once it can, none of its hits is stale. */
@Tag("SVC-4")
@Timeout(300)
class MissedChangesTest {
    private static final int KEYS = 50;
    private static final String LOG = "cs:{!}log";
    /** The change made last: whoever knows it knows all. */
    private static final String LAST = "k" + (KEYS - 1);

    private final EmbeddedRedis server = new EmbeddedRedis();
    private final FaultyProxy network = new FaultyProxy(server.port());
    private final List<CacheService> opened = new ArrayList<>();
    private Region<String> other;

    /** How a reader comes to miss changes. */
    enum Gap {
        DISCONNECTED {
            @Override
            void end(MissedChangesTest test) {
                test.network.set(Fault.NONE);
            }
        },
        DISCONNECTED_AND_LOG_TRIMMED {
            @Override
            void end(MissedChangesTest test) {
                test.redis(redis -> redis.xtrim(LOG, XTrimParams.xTrimParams().maxLen(0)));
                test.network.set(Fault.NONE);
            }
        },
        DISCONNECTED_AND_LOG_BEGUN_ANEW {
            @Override
            void end(MissedChangesTest test) {
                test.redis(redis -> redis.del(LOG));
                test.other.put("unrelated", "new");
                test.network.set(Fault.NONE);
            }
        },
        DISCONNECTED_AND_FLUSHED {
            @Override
            void end(MissedChangesTest test) {
                test.redis(RedisClient::flushAll);
                test.changeAll("new");
                test.network.set(Fault.NONE);
            }
        };

        abstract void end(MissedChangesTest test);
    }

    private interface Deed {
        void on(RedisClient redis);
    }

    private void redis(Deed deed) {
        try (RedisClient client = server.client()) {
            deed.on(client);
        }
    }

    @BeforeEach
    void open() {
        other = region(server.uri());
    }

    @AfterEach
    void close() {
        opened.forEach(CacheService::close);
        network.close();
        server.close();
    }

    private Region<String> region(String uri) {
        RedisConfig redis = RedisConfig.of(uri);
        CacheService service = CacheService.open(CacheConfig.builder()
                .redis(redis.withTimeouts(Duration.ofMillis(500), Duration.ofMillis(600))
                        .withOutage(redis.outage().withBreaker(3, Duration.ofMillis(100))))
                .defaults(RegionConfig.builder("default")
                        .tiers(TierPolicy.MEMORY_REDIS)
                        .build())
                .build());
        opened.add(service);
        return service.region("r", String.class);
    }

    private static List<String> ids() {
        return IntStream.range(0, KEYS).mapToObj(i -> "k" + i).toList();
    }

    /** A third is replaced, a third deleted, a third invalidated; those that are gone are put again, as a source would. */
    private void changeAll(String value) {
        for (int i = 0; i < KEYS; i++) {
            if (i % 3 == 1) {
                other.delete("k" + i);
            }
        }
        other.invalidateTags(List.of("t2"));
        for (int i = 0; i < KEYS; i++) {
            other.put("k" + i, value, WriteOptions.DEFAULTS.withTags("t" + i % 3));
        }
    }

    private static void assertCurrent(Region<String> mine, String value) {
        for (int round = 0; round < 3; round++) {
            for (String id : ids()) {
                assertThat(mine.get(id)).as(id).isEqualTo(value);
            }
        }
    }

    /** Fills memory with copies, and sees that they are heard of from then on. */
    private void fill(Region<String> mine) throws Exception {
        mine.get("first"); // marks the region, so that changes are logged
        changeAll("old");
        Eventually.await("copies are up to date", () -> "old".equals(mine.get(LAST)));
        assertCurrent(mine, "old");
        Eventually.await("hits are served from memory", () -> {
            long before = server.calls("mget");
            mine.get(LAST);
            return server.calls("mget") == before;
        });
    }

    @ParameterizedTest
    @EnumSource(Gap.class)
    @DisplayName("disconnected while others write, with the log whole, trimmed, begun anew, or all of Redis flushed")
    void gap_onceHealed_leavesNothingStale(Gap gap) throws Exception {
        Region<String> mine = region(network.uri());
        fill(mine);
        network.set(Fault.RESET);
        changeAll("new");
        gap.end(this);

        Eventually.await("the reader knows the last change", () -> "new".equals(mine.get(LAST)));
        assertCurrent(mine, "new");
    }

    @Test
    @DisplayName("the log is removed under a connected reader")
    void log_removedWhileConnected_leavesNothingStale() throws Exception {
        Region<String> mine = region(server.uri());
        fill(mine);
        redis(redis -> redis.del(LOG));
        changeAll("new");
        Eventually.await("the reader knows the last change", () -> "new".equals(mine.get(LAST)));
        assertCurrent(mine, "new");
    }

    @Test
    @DisplayName("everything is removed under a connected reader: what is written then is not even logged at first")
    void redis_flushedWhileConnected_leavesNothingStale() throws Exception {
        Region<String> mine = region(server.uri());
        fill(mine);
        redis(RedisClient::flushAll);
        changeAll("new");
        Eventually.await("the reader knows the last change", () -> "new".equals(mine.get(LAST)));
        assertCurrent(mine, "new");
    }

    @Test
    @DisplayName(
            "the marks are removed that say which regions to log: nothing is stale for longer than copies are trusted")
    void marks_evictedWhileConnected_areNoticedBeforeCopiesAreTrustedForTooLong() throws Exception {
        Region<String> mine = region(server.uri());
        fill(mine);
        redis(redis -> redis.del("cs:{!}copies:", "cs:{!}copies:r"));
        changeAll("new");
        Eventually.await(
                "the reader knows the last change, long before it renews its marks",
                Duration.ofSeconds(8).toNanos(),
                () -> "new".equals(mine.get(LAST)));
        assertCurrent(mine, "new");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("stopped for longer than copies are trusted (SIGSTOP), with the log whole or trimmed")
    void process_stopped_servesNothingStaleOnceItGoesOn(boolean trimmed) throws Exception {
        try (CommandedProcess reader = new CommandedProcess(TierPolicy.MEMORY_REDIS, server.uri())) {
            String all = "get " + String.join(" ", ids());
            reader.ask("get first");
            changeAll("old");
            Eventually.await(
                    "copies are up to date", () -> reader.ask("get " + LAST).equals("old"));
            assertThat(reader.ask(all)).doesNotContain("nothing");

            reader.signal("STOP");
            changeAll("new");
            if (trimmed) {
                redis(redis -> redis.xtrim(LOG, XTrimParams.xTrimParams().maxLen(0)));
            }
            long stopped = System.nanoTime();
            Eventually.await(
                    "copies are no longer trusted",
                    () -> System.nanoTime() - stopped > Duration.ofMillis(2_500).toNanos());
            reader.signal("CONT");

            assertThat(reader.ask(all))
                    .isEqualTo(String.join(" ", ids().stream().map(id -> "new").toList()));
        }
    }

    @Test
    @DisplayName("stopped among very many hits (SIGSTOP): current once the thread that ends epochs has woken up")
    void busyProcess_stopped_isCurrentOnceItGoesOn() throws Exception {
        try (CommandedProcess reader = new CommandedProcess(TierPolicy.MEMORY_REDIS, server.uri())) {
            reader.ask("get first");
            changeAll("old");
            Eventually.await(
                    "copies are up to date", () -> reader.ask("hot " + LAST).equals("old"));
            reader.signal("STOP");
            changeAll("new");
            long stopped = System.nanoTime();
            Eventually.await(
                    "copies are no longer trusted",
                    () -> System.nanoTime() - stopped > Duration.ofMillis(2_500).toNanos());
            reader.signal("CONT");

            Eventually.await(
                    "it knows the last change", () -> reader.ask("get " + LAST).equals("new"));
            assertThat(reader.ask("get " + String.join(" ", ids()))).doesNotContain("old");
            assertThat(reader.ask("hot " + LAST)).isEqualTo("new");
        }
    }
}
