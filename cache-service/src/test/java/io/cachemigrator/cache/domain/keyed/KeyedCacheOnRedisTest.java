package io.cachemigrator.cache.domain.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.error.InfrastructureException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeyedCacheOnRedisTest extends KeyedCacheContract {
    private static EmbeddedRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = new EmbeddedRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.flush();
    }

    @Override
    CacheConfigBuilder config() {
        return CacheConfig.builder().redisUri(redis.uri());
    }

    @Test
    void open_byUrl_keepsEntriesUnderTheRegionsKeys() {
        try (KeyedCache cache = KeyedCache.open(redis.uri());
                KeyedCache own = KeyedCache.open(redis.uri(), 2, "own", Duration.ofSeconds(90));
                var raw = redis.client()) {
            cache.start();
            cache.set("conv:42", "state");
            own.set("k", "v");
            assertThat(raw.pttl("cs:conversations:conv:42")).isBetween(3_500_000L, 3_600_000L);
            assertThat(raw.pttl("cs:own:k")).isBetween(80_000L, 90_000L);
        }
    }

    @Test
    @Tag("SVC-6")
    void everyCall_redisDown_givesTheEmptyResultAndNoMiss() {
        try (KeyedCache cache = KeyedCache.open("redis://127.0.0.1:1")) {
            assertThat(cache.lookup("k", String.class)).isInstanceOf(Lookup.Unavailable.class);
            assertThat(cache.get("k", String.class, "default")).isEqualTo("default");
            assertThat(cache.set("k", 1)).isFalse();
            assertThat(cache.increment("k")).isEmpty();
            assertThat(cache.getMany(List.of("k", "l"), String.class)).isEmpty();
            assertThat(cache.clear().complete()).isFalse();
            assertThat(cache.statistics().misses()).isZero();
            assertThat(cache.statistics().unavailable()).isEqualTo(6);
            assertThatThrownBy(cache::start)
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageStartingWith("CM-604 The cache cannot start");
        }
    }
}
