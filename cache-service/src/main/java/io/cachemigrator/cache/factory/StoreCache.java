package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.SettingRange;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.cache.observe.CachePerformanceMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A cache over a store of its own, which it closes. */
final class StoreCache implements AppCache {
    static final String RESPONSES = "ai-responses";
    static final String RESPONSE_PREFIX = "ai_cache:";
    private static final String OPERATION_TAG = "operation:";
    private static final int LEAST_OUTAGE_MEMORY = 100;

    private final TaggedStore store;
    private final CacheConfig config;
    private final MemoryUse memory;
    private final CachePerformanceMonitor monitor;
    private final CacheListeners listeners = new CacheListeners();
    private final OutageMemory outage;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder sets = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean closed;

    StoreCache(TaggedStore store, CacheConfig config, MemoryUse memory, CachePerformanceMonitor monitor) {
        this.store = store;
        this.config = config;
        this.memory = memory;
        this.monitor = monitor;
        long entries = config.regionOrDefaults("web").memoryMaxEntries();
        int limit = (int) Math.max(LEAST_OUTAGE_MEMORY, Math.min(entries, SettingRange.MEMORY_ENTRIES.most()));
        this.outage = new OutageMemory(limit, config.clock());
    }

    CachePerformanceMonitor monitor() {
        return monitor;
    }

    CacheConfig config() {
        return config;
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        long start = System.nanoTime();
        Lookup<T> found = peek(key, type);
        boolean hit = found.isPresent();
        (hit ? hits : misses).increment();
        monitor.recordLookup(since(start), hit);
        listeners.tell(hit ? CacheEvent.GET_SUCCESS : CacheEvent.GET_MISS, key, found.valueOrNull());
        return found;
    }

    /** Looks up without counting. */
    <T> Lookup<T> peek(String key, Class<T> type) {
        Lookup<T> found = store.lookup(requireKey(key), type);
        if (found instanceof Lookup.Unavailable<T>) {
            failures.increment();
            return outage.lookup(key, type, found);
        }
        if (outage.isEmpty()) {
            return found;
        }
        // the store is back: what it has to be told comes first
        outage.handTo(store);
        return outage.lookup(key, type, store.lookup(key, type));
    }

    /** Looks several up in their order, in one round trip, without counting. */
    <T> List<Lookup<T>> peekAll(List<String> keys, Class<T> type) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Map<String, Lookup<T>> found = store.lookupAll(keys, type);
        return keys.stream()
                .map(key -> outage.lookup(key, type, found.getOrDefault(key, new Lookup.Absent<>())))
                .toList();
    }

    @Override
    public void set(String key, @Nullable Object value) {
        write(key, value, WriteOptions.DEFAULTS);
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        write(key, value, WriteOptions.ttl(requireTtl(ttl)));
    }

    /** Stores a value; in memory for now when no store answers. */
    void write(String key, @Nullable Object value, WriteOptions asked) {
        long start = System.nanoTime();
        outage.handTo(store);
        String operation = operationOf(requireKey(key));
        WriteOptions options = operation.isEmpty() ? asked : asked.withTags(OPERATION_TAG + operation);
        WriteOutcome outcome = store.put(key, value, options);
        if (outcome == WriteOutcome.UNAVAILABLE) {
            failures.increment();
            outage.put(key, value, ttl(key, options), options.tags());
        }
        monitor.recordOperation("set", since(start));
        if (outcome == WriteOutcome.STORED || outcome == WriteOutcome.UNAVAILABLE) {
            sets.increment();
            listeners.tell(CacheEvent.SET_SUCCESS, key, value);
        }
    }

    /** The operation whose answer a key is of, as keys of today and of before tell it; empty where it is of none. */
    private static String operationOf(String key) {
        if (!key.startsWith(RESPONSE_PREFIX)) {
            return "";
        }
        String id = key.substring(RESPONSE_PREFIX.length());
        int start = id.startsWith("op:") ? 3 : 0;
        int end = id.indexOf(start == 0 ? ':' : '|', start);
        return end < 0 ? "" : id.substring(start, end);
    }

    /** The time that a store would give an entry; one that it would keep until removed has a bound here. */
    private Duration ttl(String key, WriteOptions options) {
        Duration given = options.ttl();
        String region = key.startsWith(RESPONSE_PREFIX) ? RESPONSES : "web";
        Duration ttl = given == null ? config.regionOrDefaults(region).defaultTtl() : given;
        return ttl == null ? Duration.ofSeconds(SettingRange.DEFAULT_TTL.most()) : ttl;
    }

    @Override
    public boolean delete(String key) {
        long start = System.nanoTime();
        boolean removed = removed(requireKey(key));
        monitor.recordOperation("delete", since(start));
        if (removed) {
            listeners.tell(CacheEvent.DELETE_SUCCESS, key, null);
        }
        return removed;
    }

    private boolean removed(String key) {
        outage.handTo(store);
        WriteOutcome outcome = store.delete(key);
        if (outcome != WriteOutcome.UNAVAILABLE) {
            return outcome == WriteOutcome.STORED;
        }
        failures.increment();
        return outage.remove(key);
    }

    @Override
    public boolean exists(String key) {
        outage.handTo(store);
        return store.exists(requireKey(key)) == WriteOutcome.STORED || outage.has(key);
    }

    @Override
    public Optional<Duration> getTtl(String key) {
        Lookup<Object> found = peek(key, Object.class);
        Instant deadline = found instanceof Lookup.Present<Object> present ? present.deadline() : null;
        if (deadline == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(store.clock().instant(), deadline);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    @Override
    public List<String> getKeys() {
        return List.copyOf(keys(""));
    }

    /** Live keys that start with a text; while no store answers, those that this process wrote meanwhile. */
    private Set<String> keys(String prefix) {
        outage.handTo(store);
        Set<String> keys = new LinkedHashSet<>();
        outage.keys().stream().filter(key -> key.startsWith(prefix)).forEach(keys::add);
        try {
            if (!prefix.startsWith(RESPONSE_PREFIX)) {
                keys.addAll(store.entries(prefix).keySet());
            }
            if (prefix.startsWith(RESPONSE_PREFIX) || RESPONSE_PREFIX.startsWith(prefix)) {
                String responses = prefix.length() < RESPONSE_PREFIX.length() ? RESPONSE_PREFIX : prefix;
                keys.addAll(store.entries(responses).keySet());
            }
        } catch (InfrastructureException down) {
            failures.increment();
        }
        return keys;
    }

    @Override
    public long invalidatePattern(String pattern) {
        Glob glob = Glob.of(pattern);
        return removeAll(glob, glob.prefix());
    }

    /** Answers, which caches of answers keep, stay. */
    @Override
    public long clear() {
        return removeAll(key -> !key.startsWith(RESPONSE_PREFIX), "");
    }

    /** Removes answers only. */
    long clearAnswers() {
        return removeAll(key -> true, RESPONSE_PREFIX);
    }

    private long removeAll(Predicate<String> meant, String prefix) {
        long start = System.nanoTime();
        long removed = keys(prefix).stream().filter(meant).filter(this::removed).count();
        monitor.recordInvalidation(prefix + "*", removed, since(start));
        return removed;
    }

    /** Invalidates answers by tag; gives how many where that is known. */
    long invalidateOperation(String operation) {
        long start = System.nanoTime();
        outage.handTo(store);
        ClearOutcome outcome = store.clearTag(RESPONSE_PREFIX, OPERATION_TAG + operation);
        long removed = outcome.removed();
        if (!outcome.complete()) {
            failures.increment();
            for (String key : outage.keys()) {
                removed += operationOf(key).equals(operation) && outage.remove(key) ? 1 : 0;
            }
        }
        monitor.recordInvalidation(OPERATION_TAG + operation, removed, since(start));
        return removed;
    }

    @Override
    public void on(CacheEvent event, CacheListener listener) {
        listeners.add(event, listener);
    }

    @Override
    public CacheStats stats() {
        MemoryUse.Figures used = memory.figures();
        return new CacheStats(
                memory.backend(),
                memory.backend().equals("memory") ? "disconnected" : status(),
                hits.sum(),
                misses.sum(),
                sets.sum(),
                failures.sum(),
                used.evictions(),
                used.entries(),
                used.limit(),
                used.bytes());
    }

    private String status() {
        return store.health().status() == CacheHealth.Status.DOWN ? "unavailable" : "connected";
    }

    /** One whose store is down is degraded, as it goes on in memory. */
    @Override
    public CacheHealth health() {
        CacheHealth health = store.health();
        return health.status() == CacheHealth.Status.DOWN
                ? new CacheHealth(CacheHealth.Status.DEGRADED, health.tiers())
                : health;
    }

    @Override
    public boolean connect() {
        return store.health().status() != CacheHealth.Status.DOWN;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        outage.handTo(store);
        store.close();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String requireKey(@Nullable String key) {
        if (key == null || key.isEmpty()) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    "The key is empty or null. Give one of at least a character.",
                    Map.of());
        }
        return key;
    }

    private static Duration requireTtl(Duration ttl) {
        boolean positive = !ttl.isZero() && !ttl.isNegative();
        if (!positive || ttl.compareTo(Duration.ofSeconds(SettingRange.DEFAULT_TTL.most())) > 0) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    "The time to live is " + ttl + "; allowed: more than zero, up to 365 days. Correct it.",
                    Map.of("ttl", ttl));
        }
        return ttl;
    }
}
