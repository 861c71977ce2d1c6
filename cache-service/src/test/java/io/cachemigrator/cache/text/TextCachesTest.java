package io.cachemigrator.cache.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What a text cache does beside its commands: how it is opened, closed, and how it fails. */
@Tag("REC-3")
class TextCachesTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(0, resource);
        return resource;
    }

    private TextCaches memory(CacheConfigBuilder config) {
        return TextCaches.over(open(CacheService.open(config.build())));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Test
    void connect_byHostOrUriOrPoolConfig_reachesTheSameTexts() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        TextPoolConfig pool = new TextPoolConfig();
        pool.setMaxTotal(2);
        TextCache first = open(new TextCache("127.0.0.1", redis.port()));
        TextCaches second = open(new TextCaches(redis.uri() + "/0"));
        TextCaches third = open(new TextCaches(pool, "127.0.0.1", redis.port(), 1_000));
        first.set("key", "text");

        assertThat(second.getResource().get("key")).isEqualTo("text");
        assertThat(third.getResource().get("key")).isEqualTo("text");
    }

    @Test
    void connect_withADatabaseAndAPassword_usesThem() {
        EmbeddedRedis redis = open(new EmbeddedRedis("requirepass open-sesame"));
        TextCaches caches =
                open(new TextCaches(new TextPoolConfig(), "127.0.0.1", redis.port(), 2_000, "open-sesame", 3));
        caches.getResource().set("key", "text");

        try (RedisClient inThree = RedisClient.create("redis://:open-sesame@127.0.0.1:" + redis.port() + "/3")) {
            assertThat(inThree.keys("*:text:*")).hasSize(1);
        }
        TextCache stranger = open(new TextCache("127.0.0.1", redis.port()));
        assertThatThrownBy(() -> stranger.get("key"))
                .isInstanceOf(TextCacheException.class)
                .hasMessageNotContaining("open-sesame");
    }

    @Test
    void commands_whileTheServerIsDown_throwAndAreNotMadeLater() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        TextCache cache = open(new TextCache("127.0.0.1", redis.port(), 500));
        cache.set("kept", "text");
        redis.stop();

        assertThatThrownBy(() -> cache.get("kept")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.mget("kept")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.set("late", "text")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.del("kept")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.exists("kept")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.incr("n")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.expire("kept", 5)).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.ttl("kept")).isInstanceOf(TextCacheConnectionException.class);

        redis.start();
        assertThat(cache.get("late")).isNull();
        assertThat(cache.set("kept", "again")).isEqualTo("OK");
        assertThat(cache.get("kept")).isEqualTo("again");
        assertThat(cache.get("late")).isNull();
        assertThat(cache.exists("n")).isFalse();
    }

    @Test
    void over_aServiceThatDoesNotThrow_tellsADownStoreFromAnAbsence() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        CacheService service = open(CacheService.open(CacheConfig.builder()
                .redisUri(redis.uri())
                .failOnConnectionError(false)
                .build()));
        TextCache cache = TextCache.over(service);
        cache.set("kept", "text");
        assertThat(cache.exists("kept")).isTrue();
        assertThat(cache.exists("none")).isFalse();
        redis.stop();

        assertThatThrownBy(() -> cache.exists("kept")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.get("kept")).isInstanceOf(TextCacheConnectionException.class);
        assertThatThrownBy(() -> cache.setnx("kept", "x")).isInstanceOf(TextCacheConnectionException.class);
    }

    @Test
    void over_aService_staysOpenWhenTheCachesAreClosed() {
        CacheService service = open(CacheService.open(CacheConfig.builder().build()));
        TextCaches caches = TextCaches.over(service, "names");
        TextCache cache = caches.getResource();
        cache.set("key", "text");
        cache.close();
        caches.returnResource(cache);
        caches.returnBrokenResource(null);
        caches.destroy();

        assertThat(caches.isClosed()).isTrue();
        assertThatThrownBy(caches::getResource).isInstanceOf(TextCacheException.class);
        assertThat(service.region("names", String.class).get("key")).isEqualTo("text");
    }

    @Test
    void connected_thatIsClosed_throwsAtTheNextCommand() {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        TextCache cache = new TextCache("127.0.0.1", redis.port());
        cache.set("key", "text");
        cache.close();
        cache.close();

        assertThatThrownBy(() -> cache.get("key")).isInstanceOf(TextCacheException.class);
    }

    @Test
    void over_aRegionThatChangesTimesToLive_isRefused() {
        for (RegionConfig region : List.of(
                RegionConfig.builder("text").sliding(true).build(),
                RegionConfig.builder("text").jitter(0.1).build())) {
            assertThatThrownBy(() -> memory(CacheConfig.builder().region(region)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("'text'");
        }
    }

    @Test
    void texts_thatARegionDoesNotAdmit_areRefusedAndNothingChanges() {
        TextCache cache = memory(CacheConfig.builder()
                        .region(RegionConfig.builder("text").maxValueBytes(4).build()))
                .getResource();
        cache.set("key", "abcd");

        assertThatThrownBy(() -> cache.set("key", "abcde")).isInstanceOf(TextCacheDataException.class);
        assertThatThrownBy(() -> cache.set("", "x")).isInstanceOf(TextCacheDataException.class);
        assertThatThrownBy(() -> cache.get("k".repeat(5_000))).isInstanceOf(TextCacheDataException.class);
        assertThatThrownBy(() -> cache.set("key", "x", "NZ", "EX", 1)).isInstanceOf(TextCacheDataException.class);
        assertThatThrownBy(() -> cache.set("key", "x", "NX", "XX", 1)).isInstanceOf(TextCacheDataException.class);
        assertThat(cache.get("key")).isEqualTo("abcd");
    }

    @Test
    void get_ofWhatWasCopiedThere_givesTheTextThatRedisHad() {
        CacheService service = open(CacheService.open(CacheConfig.builder().build()));
        service.region("text", Codecs.rawJson()).put("json", "\"quoted\"");
        service.region("text", String.class).put("plain", "not { json");
        service.region("text", byte[].class).put("bytes", new byte[] {'a', (byte) 0xff});
        service.region("text", Long.class).put("number", 41L);
        TextCache cache = TextCache.over(service);

        assertThat(cache.mget("json", "plain", "bytes", "number"))
                .containsExactly("\"quoted\"", "not { json", "a\uFFFD", "41");
        assertThat(cache.incr("number")).isEqualTo(42);
    }

    @Test
    void set_inARegionWithADefaultTimeToLive_stays() {
        TextCache cache = memory(CacheConfig.builder()
                        .region(RegionConfig.builder("text")
                                .defaultTtl(Duration.ofSeconds(5))
                                .build()))
                .getResource();
        cache.set("key", "1");
        cache.mset("other", "2");
        cache.setnx("third", "3");

        assertThat(List.of(cache.ttl("key"), cache.ttl("other"), cache.ttl("third")))
                .containsOnly(-1L);
    }

    @Test
    void increments_ofManyThreads_areAllCounted() throws Exception {
        EmbeddedRedis redis = open(new EmbeddedRedis());
        TextCaches caches = open(new TextCaches("127.0.0.1", redis.port()));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Long> work = () -> {
                try (TextCache cache = caches.getResource()) {
                    long last = 0;
                    for (int i = 0; i < 100; i++) {
                        last = cache.incr("n");
                    }
                    return last;
                }
            };
            long most = 0;
            for (Future<Long> each : threads.invokeAll(List.of(work, work, work, work))) {
                most = Math.max(most, each.get());
            }
            assertThat(most).isEqualTo(400);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void poolConfig_ofNoConnections_isRefused() {
        TextPoolConfig pool = new TextPoolConfig();
        assertThatThrownBy(() -> pool.setMaxTotal(0)).isInstanceOf(IllegalArgumentException.class);
        pool.setMaxTotal(-1);
        assertThat(pool.getMaxTotal()).isEqualTo(1_000);
    }
}
