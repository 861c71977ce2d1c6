package io.cachemigrator.cache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.SimpleKey;

/** What Spring expects of a cache; run against Spring's own, too. */
@Tag("REC-3")
@Tag("SHM-5")
abstract class SpringCacheContract {
    /** An empty cache of texts named {@code texts}. */
    abstract Cache cache();

    @Test
    void put_thenGet_givesTheValue() {
        Cache cache = cache();
        assertThat(cache.getName()).isEqualTo("texts");
        assertThat(cache.get("key")).isNull();
        cache.put("key", "value");

        assertThat(cache.get("key")).extracting(Cache.ValueWrapper::get).isEqualTo("value");
        assertThat(cache.get("key", String.class)).isEqualTo("value");
        assertThatThrownBy(() -> cache.get("key", Integer.class)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void null_isAValue() {
        Cache cache = cache();
        cache.put("key", null);

        assertThat(cache.get("key"))
                .isNotNull()
                .extracting(Cache.ValueWrapper::get)
                .isNull();
        assertThat(cache.<String>get("key", () -> "loaded")).isNull();
        assertThat(cache.<String>get("other", () -> null)).isNull();
        assertThat(cache.get("other"))
                .isNotNull()
                .extracting(Cache.ValueWrapper::get)
                .isNull();
        assertThat(cache.putIfAbsent("key", "value")).isNotNull();
    }

    @Test
    void load_thatThrows_tellsWhatItThrew() {
        Cache cache = cache();
        for (Exception failure : List.of(new IOException("a"), new IllegalStateException("b"))) {
            assertThatThrownBy(() -> cache.get("key", () -> {
                        throw failure;
                    }))
                    .isInstanceOfSatisfying(Cache.ValueRetrievalException.class, thrown -> {
                        assertThat(thrown.getCause()).isSameAs(failure);
                        assertThat(thrown.getKey()).isEqualTo("key");
                    });
        }
        assertThat(cache.get("key")).isNull();
        assertThat(cache.<String>get("key", () -> "then")).isEqualTo("then");
    }

    @Test
    void loads_ofOneKeyAtATime_areOne() throws Exception {
        Cache cache = cache();
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(3);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<String> load = () -> {
                begun.countDown();
                // the others are on their way, or will find the value
                others.await(30, TimeUnit.SECONDS);
                return "value " + loads.incrementAndGet();
            };
            Future<String> first = threads.submit(() -> cache.get("key", load));
            begun.await(30, TimeUnit.SECONDS);
            List<Future<String>> rest = List.of(1, 2, 3).stream()
                    .map(each -> threads.submit(() -> {
                        others.countDown();
                        return cache.get("key", load);
                    }))
                    .toList();
            assertThat(first.get()).isEqualTo("value 1");
            for (Future<String> each : rest) {
                assertThat(each.get()).isEqualTo("value 1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void putIfAbsent_givesWhatIsThere() {
        Cache cache = cache();
        assertThat(cache.putIfAbsent("key", "first")).isNull();
        assertThat(cache.putIfAbsent("key", "second"))
                .extracting(Cache.ValueWrapper::get)
                .isEqualTo("first");
        assertThat(cache.get("key", String.class)).isEqualTo("first");
    }

    @Test
    void evictAndClear_remove() {
        Cache cache = cache();
        cache.put("a", "1");
        cache.put("b", "2");
        cache.evict("a");
        cache.evict("none");
        assertThat(cache.get("a")).isNull();
        assertThat(cache.evictIfPresent("a")).isFalse();
        assertThat(cache.evictIfPresent("b")).isTrue();

        cache.put("c", "3");
        assertThat(cache.invalidate()).isTrue();
        assertThat(cache.invalidate()).isFalse();
        cache.put("c", "3");
        cache.clear();
        assertThat(cache.get("c")).isNull();
    }

    @Test
    void retrieve_isAsGet() {
        Cache cache = cache();
        assertThat(cache.retrieve("key")).isNull();
        assertThat(cache.retrieve("key", () -> CompletableFuture.completedFuture("value")))
                .succeedsWithin(java.time.Duration.ofMinutes(1))
                .isEqualTo("value");
        CompletableFuture<?> found = cache.retrieve("key");
        assertThat(found).isNotNull();
        assertThat(found.join())
                .isInstanceOfSatisfying(
                        Cache.ValueWrapper.class,
                        wrapper -> assertThat(wrapper.get()).isEqualTo("value"));
    }

    @Test
    void keys_ofSeveralTypes_areKeptApart() {
        Cache cache = cache();
        UUID uuid = new UUID(1, 2);
        List<Object> keys = List.of("1", 1, 1L, "", "#Integer:1", "true", true, 'a', "a", uuid, uuid.toString());
        keys.forEach(key -> cache.put(key, "of " + key.getClass() + key));
        cache.put(SimpleKey.EMPTY, "none");

        assertThat(keys)
                .allSatisfy(key -> assertThat(cache.get(key, String.class)).isEqualTo("of " + key.getClass() + key));
        assertThat(cache.get(SimpleKey.EMPTY, String.class)).isEqualTo("none");
        assertThat(cache.get(TimeUnit.DAYS)).isNull();
    }
}
