package io.cachemigrator.cache.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.contract.Eventually;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a comparison step by step cannot show: threads, references, futures. */
@Tag("REC-3")
@Tag("SHM-5")
class LocalCacheTest {
    @Test
    @DisplayName("many threads ask, one loads, and all get what it got, or its failure")
    void get_manyThreads_loadOnce() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch waiting = new CountDownLatch(1);
        LocalCache<String, Object> cache =
                LocalCacheBuilder.newBuilder().recordStats().build();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (String key : List.of("value", "failure")) {
                loads.set(0);
                List<Future<Object>> asked = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    asked.add(threads.submit(() -> cache.get(key, () -> {
                        loads.incrementAndGet();
                        waiting.await();
                        if (key.equals("failure")) {
                            throw new IOException("down");
                        }
                        return new Object();
                    })));
                }
                long misses = cache.stats().missCount();
                waiting.countDown();
                List<Object> outcomes = new ArrayList<>();
                for (Future<Object> each : asked) {
                    try {
                        outcomes.add(each.get());
                    } catch (ExecutionException e) {
                        outcomes.add(e.getCause().getCause().getMessage());
                    }
                }
                if (key.equals("value")) {
                    assertThat(loads).hasValue(1);
                    assertThat(outcomes).hasSize(16).containsOnly(outcomes.get(0));
                    assertThat(cache.stats().requestCount()).isEqualTo(16);
                } else {
                    assertThat(outcomes).containsOnly("down");
                }
                assertThat(misses).isNotNegative();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void get_loadThatAsksForItself_isRefused() {
        LocalCache<String, String> cache = LocalCacheBuilder.newBuilder().build();
        assertThatThrownBy(() -> cache.get("k", () -> cache.get("k", () -> "v")))
                .isInstanceOf(UncheckedLoadException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    @DisplayName("a value that is stored during a load stays")
    void put_duringALoad_stays() throws Exception {
        List<String> notes = new ArrayList<>();
        LocalCache<String, String> cache = LocalCacheBuilder.newBuilder()
                .removalListener((RemovalNotification<String, String> note) ->
                        notes.add(note.getKey() + "=" + note.getValue() + " " + note.getCause()))
                .build();
        String got = cache.get("k", () -> {
            cache.put("k", "stored");
            return "loaded";
        });
        assertThat(got).isEqualTo("loaded");
        assertThat(cache.getIfPresent("k")).isEqualTo("stored");
        assertThat(notes).containsExactly("k=loaded REPLACED");
    }

    @Test
    void weakValuesAndKeys_collected_areGone() throws Exception {
        List<RemovalCause> causes = new ArrayList<>();
        LocalCache<Object, Object> values = LocalCacheBuilder.newBuilder()
                .weakValues()
                .removalListener(note -> causes.add(note.getCause()))
                .build();
        values.put("k", new Object());
        LocalCache<Object, Object> keys =
                LocalCacheBuilder.newBuilder().weakKeys().build();
        String key = new String("key");
        keys.put(key, 1);
        assertThat(keys.getIfPresent(key)).isEqualTo(1);
        assertThat(keys.getIfPresent(new String("key")))
                .as("keys are told apart by identity")
                .isNull();
        WeakReference<Object> sign = new WeakReference<>(new Object());
        key = null;
        Eventually.await("a collection", () -> {
            System.gc();
            values.cleanUp();
            keys.cleanUp();
            return sign.get() == null && values.size() == 0 && keys.size() == 0;
        });
        assertThat(causes).containsExactly(RemovalCause.COLLECTED);
    }

    @Test
    void refresh_asynchronous_servesTheOldValueMeanwhile() throws Exception {
        CompletableFuture<String> reloaded = new CompletableFuture<>();
        LoadingLocalCache<String, String> cache = LocalCacheBuilder.newBuilder()
                .recordStats()
                .build(new LocalCacheLoader<String, String>() {
                    @Override
                    public String load(String key) {
                        return "first";
                    }

                    @Override
                    public CompletableFuture<String> reload(String key, String oldValue) {
                        return reloaded;
                    }
                });
        assertThat(cache.get("k")).isEqualTo("first");
        cache.refresh("k");
        cache.refresh("k");
        assertThat(cache.get("k")).isEqualTo("first");
        reloaded.complete("second");
        assertThat(cache.get("k")).isEqualTo("second");
        assertThat(cache.stats().loadCount()).isEqualTo(2);
    }

    @Test
    void asyncReloading_failure_keepsTheOldValue() throws Exception {
        AtomicLong time = new AtomicLong();
        AtomicInteger loads = new AtomicInteger();
        LoadingLocalCache<String, Integer> cache = LocalCacheBuilder.newBuilder()
                .ticker(time::get)
                .refreshAfterWrite(Duration.ofNanos(5))
                .build(LocalCacheLoader.asyncReloading(
                        LocalCacheLoader.<String, Integer>from(key -> {
                            if (loads.incrementAndGet() == 2) {
                                throw new IllegalStateException("down");
                            }
                            return loads.get();
                        }),
                        Runnable::run));
        assertThat(cache.get("k")).isEqualTo(1);
        time.set(10);
        assertThat(cache.get("k")).isEqualTo(1);
        assertThat(cache.get("k")).as("tried again").isEqualTo(3);
        assertThat(cache.getUnchecked("k")).isEqualTo(3);
        assertThat(cache.apply("k")).isEqualTo(3);
    }

    @Test
    void loadAll_asOverridden() throws Exception {
        LoadingLocalCache<String, Integer> cache = LocalCacheBuilder.newBuilder()
                .recordStats()
                .build(new LocalCacheLoader<String, Integer>() {
                    @Override
                    public Integer load(String key) {
                        throw new AssertionError("not one by one");
                    }

                    @Override
                    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
                        return Map.of("a", 1, "b", 2, "extra", 3);
                    }
                });
        assertThat(cache.getAll(List.of("a", "b"))).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
        assertThat(cache.getIfPresent("extra")).isEqualTo(3);
        assertThat(cache.stats().loadCount()).isEqualTo(1);
        assertThat(cache.stats().missCount()).isEqualTo(2);
        assertThatThrownBy(() -> cache.getAll(List.of("c")))
                .isInstanceOf(LocalCacheLoader.InvalidCacheLoadException.class);
        assertThatThrownBy(() -> cache.getAll(List.of("a")).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void removalListener_thatThrows_disturbsNobody() {
        LocalCache<String, String> cache = LocalCacheBuilder.newBuilder()
                .removalListener(RemovalListeners.asynchronous(
                        (RemovalNotification<String, String> note) -> {
                            throw new IllegalStateException("a listener's own trouble");
                        },
                        Runnable::run))
                .build();
        cache.put("k", "v");
        cache.invalidate("k");
        assertThat(cache.size()).isZero();
    }

    @Test
    void named_isListed() {
        LocalCache<String, String> cache =
                LocalCacheBuilder.newBuilder().named("users-of-the-test").build();
        cache.getIfPresent("k");
        assertThat(LocalCaches.statistics().get("users-of-the-test").missCount())
                .isEqualTo(1);
        LocalCacheStats stats = cache.stats();
        assertThat(stats.plus(stats).missCount()).isEqualTo(2);
        assertThat(stats.minus(stats).requestCount()).isZero();
        assertThat(stats.missRate()).isEqualTo(1.0);
        assertThat(stats.hitRate()).isZero();
        assertThat(stats.loadExceptionRate()).isZero();
        assertThat(stats.averageLoadPenalty()).isZero();
    }
}
