package io.cachemigrator.cache.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.CacheStats;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same is done with a cache of Guava and one of ours, and the same comes of it. */
@Tag("REC-3")
@Tag("SHM-5")
class GuavaDifferentialTest {
    private static final int KEYS = 12;

    private final AtomicLong time = new AtomicLong();
    private final List<String> theirNotes = new ArrayList<>();
    private final List<String> ourNotes = new ArrayList<>();

    /** What a loader does with a key: most are loaded, some fail in each way there is. */
    private static Integer loaded(Integer key) throws Exception {
        return switch (key % 12) {
            case 7 -> throw new IOException("checked");
            case 8 -> throw new IllegalArgumentException("unchecked");
            case 9 -> throw new StackOverflowError("error");
            case 10 -> null;
            default -> key * 1_000;
        };
    }

    private LoadingCache<Integer, Integer> theirs(String shape) {
        CacheBuilder<Object, Object> builder = CacheBuilder.newBuilder().recordStats();
        builder.ticker(new com.google.common.base.Ticker() {
            @Override
            public long read() {
                return time.get();
            }
        });
        switch (shape) {
            case "size" -> builder.maximumSize(5);
            case "none" -> builder.maximumSize(0);
            case "write" -> builder.expireAfterWrite(10, TimeUnit.NANOSECONDS);
            case "access" -> builder.expireAfterAccess(10, TimeUnit.NANOSECONDS);
            case "both" ->
                builder.expireAfterAccess(6, TimeUnit.NANOSECONDS)
                        .expireAfterWrite(15, TimeUnit.NANOSECONDS)
                        .maximumSize(6);
            case "refresh" -> builder.refreshAfterWrite(7, TimeUnit.NANOSECONDS).concurrencyLevel(1);
            case "weight" -> builder.concurrencyLevel(1);
            default -> builder.concurrencyLevel(1);
        }
        CacheBuilder<Integer, Integer> heard = builder.removalListener(
                note -> theirNotes.add(note.getKey() + "=" + note.getValue() + " " + note.getCause()));
        if (shape.equals("weight")) {
            heard = heard.maximumWeight(10).weigher((key, value) -> key % 4);
        }
        return heard.build(new CacheLoader<Integer, Integer>() {
            @Override
            public Integer load(Integer key) throws Exception {
                return loaded(key);
            }
        });
    }

    private LoadingLocalCache<Integer, Integer> ours(String shape) {
        LocalCacheBuilder<Object, Object> builder =
                LocalCacheBuilder.newBuilder().recordStats();
        builder.ticker(time::get);
        switch (shape) {
            case "size" -> builder.maximumSize(5);
            case "none" -> builder.maximumSize(0);
            case "write" -> builder.expireAfterWrite(10, TimeUnit.NANOSECONDS);
            case "access" -> builder.expireAfterAccess(10, TimeUnit.NANOSECONDS);
            case "both" ->
                builder.expireAfterAccess(6, TimeUnit.NANOSECONDS)
                        .expireAfterWrite(15, TimeUnit.NANOSECONDS)
                        .maximumSize(6);
            case "refresh" -> builder.refreshAfterWrite(7, TimeUnit.NANOSECONDS).concurrencyLevel(1);
            case "weight" -> builder.concurrencyLevel(1);
            default -> builder.concurrencyLevel(1);
        }
        LocalCacheBuilder<Integer, Integer> heard = builder.removalListener(
                note -> ourNotes.add(note.getKey() + "=" + note.getValue() + " " + note.getCause()));
        if (shape.equals("weight")) {
            heard = heard.maximumWeight(10).weigher((key, value) -> key % 4);
        }
        return heard.build(new LocalCacheLoader<Integer, Integer>() {
            @Override
            public Integer load(Integer key) throws Exception {
                return loaded(key);
            }
        });
    }

    /** The outcome of a call as text, exceptions by the names that both have in common. */
    private static String outcome(Callable<?> call) {
        try {
            return String.valueOf(call.call());
        } catch (ExecutionException e) {
            return "checked " + e.getCause();
        } catch (UncheckedExecutionException | UncheckedLoadException e) {
            return "unchecked " + e.getCause();
        } catch (ExecutionError | LoadError e) {
            return "error " + e.getCause();
        } catch (CacheLoader.InvalidCacheLoadException | LocalCacheLoader.InvalidCacheLoadException e) {
            return "invalid";
        } catch (Exception e) {
            return e.getClass().getName();
        }
    }

    private static List<Long> counts(CacheStats stats) {
        return List.of(
                stats.hitCount(),
                stats.missCount(),
                stats.loadSuccessCount(),
                stats.loadExceptionCount(),
                stats.evictionCount());
    }

    private static List<Long> counts(LocalCacheStats stats) {
        return List.of(
                stats.hitCount(),
                stats.missCount(),
                stats.loadSuccessCount(),
                stats.loadExceptionCount(),
                stats.evictionCount());
    }

    @ParameterizedTest
    @CsvSource({
        "plain, 1",
        "plain, 2",
        "size, 3",
        "size, 4",
        "size, 5",
        "none, 6",
        "write, 7",
        "write, 8",
        "access, 9",
        "access, 10",
        "both, 11",
        "both, 12",
        "both, 13",
        "refresh, 14",
        "refresh, 15",
        "weight, 16",
        "weight, 17"
    })
    @DisplayName("thousands of random operations have the same outcomes, counts and notifications")
    void operations_random_sameOutcomes(String shape, long seed) {
        LoadingCache<Integer, Integer> theirs = theirs(shape);
        LoadingLocalCache<Integer, Integer> ours = ours(shape);
        Random random = new Random(seed);
        for (int step = 0; step < 4_000; step++) {
            int key = random.nextInt(KEYS);
            int value = random.nextInt(100);
            int operation = random.nextInt(22);
            time.addAndGet(random.nextInt(3));
            String their = step(theirs, theirs.asMap(), operation, key, value);
            String our = step(ours, ours.asMap(), operation, key, value);
            String where = shape + " step " + step + " operation " + operation + " key " + key;
            assertThat(our).as(where).isEqualTo(their);
            theirs.cleanUp();
            ours.cleanUp();
            assertThat(ours.size()).as(where).isEqualTo(theirs.size());
            assertThat(new TreeMap<>(ours.asMap())).as(where).isEqualTo(new TreeMap<>(theirs.asMap()));
            assertThat(sorted(ourNotes)).as(where).isEqualTo(sorted(theirNotes));
            assertThat(counts(ours.stats())).as(where).isEqualTo(counts(theirs.stats()));
            theirNotes.clear();
            ourNotes.clear();
        }
    }

    private static List<String> sorted(List<String> notes) {
        return notes.stream().sorted().toList();
    }

    private String step(Cache<Integer, Integer> cache, Map<Integer, Integer> map, int operation, int key, int value) {
        LoadingCache<Integer, Integer> loading = (LoadingCache<Integer, Integer>) cache;
        return switch (operation) {
            case 0 -> outcome(() -> cache.getIfPresent(key));
            case 1 -> outcome(() -> loading.get(key));
            case 2 -> outcome(() -> loading.getUnchecked(key));
            case 3 -> outcome(() -> cache.get(key, () -> loaded(key)));
            case 4 -> outcome(() -> new HashMap<>(cache.getAllPresent(List.of(key, value % KEYS))));
            case 5 -> outcome(() -> new HashMap<>(loading.getAll(List.of(key % 5, value % 5))));
            case 6 ->
                outcome(() -> {
                    cache.put(key, value);
                    return "put";
                });
            case 7 ->
                outcome(() -> {
                    cache.invalidate(key);
                    return "invalidated";
                });
            case 8 ->
                outcome(() -> {
                    loading.refresh(key % 6);
                    return "refreshed";
                });
            case 9 ->
                outcome(() -> {
                    cache.invalidateAll(List.of(key, value % KEYS));
                    return "invalidated";
                });
            default -> mapStep(map, operation, key, value, () -> cache.invalidateAll());
        };
    }

    private String step(
            LocalCache<Integer, Integer> cache, Map<Integer, Integer> map, int operation, int key, int value) {
        LoadingLocalCache<Integer, Integer> loading = (LoadingLocalCache<Integer, Integer>) cache;
        return switch (operation) {
            case 0 -> outcome(() -> cache.getIfPresent(key));
            case 1 -> outcome(() -> loading.get(key));
            case 2 -> outcome(() -> loading.getUnchecked(key));
            case 3 -> outcome(() -> cache.get(key, () -> loaded(key)));
            case 4 -> outcome(() -> new HashMap<>(cache.getAllPresent(List.of(key, value % KEYS))));
            case 5 -> outcome(() -> new HashMap<>(loading.getAll(List.of(key % 5, value % 5))));
            case 6 ->
                outcome(() -> {
                    cache.put(key, value);
                    return "put";
                });
            case 7 ->
                outcome(() -> {
                    cache.invalidate(key);
                    return "invalidated";
                });
            case 8 ->
                outcome(() -> {
                    loading.refresh(key % 6);
                    return "refreshed";
                });
            case 9 ->
                outcome(() -> {
                    cache.invalidateAll(List.of(key, value % KEYS));
                    return "invalidated";
                });
            default -> mapStep(map, operation, key, value, () -> cache.invalidateAll());
        };
    }

    private String mapStep(Map<Integer, Integer> map, int operation, int key, int value, Runnable clearing) {
        return switch (operation) {
            case 10 -> outcome(() -> map.get(key));
            case 11 -> outcome(() -> map.containsKey(key));
            case 12 -> outcome(() -> map.put(key, value));
            case 13 -> outcome(() -> map.putIfAbsent(key, value));
            case 14 -> outcome(() -> map.remove(key));
            case 15 -> outcome(() -> map.remove(key, key * 1_000));
            case 16 -> outcome(() -> map.replace(key, value));
            case 17 -> outcome(() -> map.replace(key, key * 1_000, value));
            case 18 -> outcome(() -> map.keySet().remove(key));
            case 19 ->
                outcome(() -> {
                    time.addAndGet(value % 2 == 0 ? 4 : 0);
                    return "later";
                });
            case 20 ->
                outcome(() -> {
                    if (value < 10) {
                        clearing.run();
                    }
                    return "cleared";
                });
            default -> outcome(() -> map.isEmpty());
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maximumSize=10",
                "maximumSize=10,expireAfterWrite=5m,recordStats",
                "expireAfterAccess=1d , weakKeys",
                "softValues,refreshAfterWrite=3s",
                "refreshInterval=3h,initialCapacity=3,concurrencyLevel=2",
                "",
                "maximumSize=ten",
                "maximumSize",
                "maximumSize=1,maximumSize=2",
                "maximumSize=1,maximumWeight=2",
                "weakKeys=1",
                "weakValues,softValues",
                "expireAfterWrite=5",
                "expireAfterWrite=5w",
                "nonsense=1",
                "concurrencyLevel=0",
                "maximumWeight=5"
            })
    @DisplayName("the same settings as text are taken, and the same refused")
    void from_sameSettings(String text) {
        String their = refusal(() -> CacheBuilder.from(text).build(CacheLoader.from(key -> key)));
        String our = refusal(() -> LocalCacheBuilder.from(text).build(LocalCacheLoader.from(key -> key)));
        assertThat(our.isEmpty()).as(text + ": " + our + " / " + their).isEqualTo(their.isEmpty());
    }

    private static String refusal(Callable<?> building) {
        try {
            building.call();
            return "";
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    @DisplayName("what contradicts itself is refused as there")
    void builder_sameRefusals() {
        Map<String, List<Callable<?>>> pairs = new TreeMap<>();
        pairs.put(
                "size twice",
                List.of(
                        () -> CacheBuilder.newBuilder().maximumSize(1).maximumSize(2),
                        () -> LocalCacheBuilder.newBuilder().maximumSize(1).maximumSize(2)));
        pairs.put(
                "negative size",
                List.of(
                        () -> CacheBuilder.newBuilder().maximumSize(-1),
                        () -> LocalCacheBuilder.newBuilder().maximumSize(-1)));
        pairs.put(
                "size and weigher",
                List.of(
                        () -> CacheBuilder.newBuilder().maximumSize(1).weigher((k, v) -> 1),
                        () -> LocalCacheBuilder.newBuilder().maximumSize(1).weigher((k, v) -> 1)));
        pairs.put(
                "weight without weigher",
                List.of(
                        () -> CacheBuilder.newBuilder().maximumWeight(1).build(),
                        () -> LocalCacheBuilder.newBuilder().maximumWeight(1).build()));
        pairs.put(
                "weigher without weight",
                List.of(
                        () -> CacheBuilder.newBuilder().weigher((k, v) -> 1).build(),
                        () -> LocalCacheBuilder.newBuilder()
                                .weigher((k, v) -> 1)
                                .build()));
        pairs.put(
                "refresh without loader",
                List.of(
                        () -> CacheBuilder.newBuilder()
                                .refreshAfterWrite(1, TimeUnit.SECONDS)
                                .build(),
                        () -> LocalCacheBuilder.newBuilder()
                                .refreshAfterWrite(1, TimeUnit.SECONDS)
                                .build()));
        pairs.put(
                "refresh of zero",
                List.of(
                        () -> CacheBuilder.newBuilder().refreshAfterWrite(0, TimeUnit.SECONDS),
                        () -> LocalCacheBuilder.newBuilder().refreshAfterWrite(0, TimeUnit.SECONDS)));
        pairs.put(
                "negative time",
                List.of(
                        () -> CacheBuilder.newBuilder().expireAfterWrite(-1, TimeUnit.SECONDS),
                        () -> LocalCacheBuilder.newBuilder().expireAfterWrite(-1, TimeUnit.SECONDS)));
        pairs.put(
                "values twice",
                List.of(
                        () -> CacheBuilder.newBuilder().weakValues().softValues(),
                        () -> LocalCacheBuilder.newBuilder().weakValues().softValues()));
        pairs.put(
                "null key",
                List.of(
                        () -> CacheBuilder.newBuilder().build().getIfPresent(null),
                        () -> LocalCacheBuilder.newBuilder().build().getIfPresent(null)));
        pairs.put(
                "null listener",
                List.of(
                        () -> CacheBuilder.newBuilder().removalListener(null),
                        () -> LocalCacheBuilder.newBuilder().removalListener(null)));
        pairs.forEach((what, pair) -> {
            String their = refusal(pair.get(0)).replaceFirst(":.*", "");
            String our = refusal(pair.get(1)).replaceFirst(":.*", "");
            if (!our.equals(their) || our.isEmpty()) {
                fail(what + ": " + our + " instead of " + their);
            }
        });
    }
}
