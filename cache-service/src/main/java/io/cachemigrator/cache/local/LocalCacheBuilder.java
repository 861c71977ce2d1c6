package io.cachemigrator.cache.local;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds caches of one process. What is set can be set once, and what contradicts itself is refused, as soon as that is known. Not
 * thread safe.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public final class LocalCacheBuilder<K, V> {
    private static final int UNSET = -1;
    private static final int DEFAULT_SEGMENTS = 4;
    private static final int LEAST_IN_SEGMENT = 20;

    private final boolean strict;
    private int initialCapacity = UNSET;
    private int concurrencyLevel = UNSET;
    private long maximumSize = UNSET;
    private long maximumWeight = UNSET;
    private @Nullable Weigher<? super K, ? super V> weigher;
    private boolean weakKeys;
    private @Nullable Values values;
    private long expireAfterWrite = UNSET;
    private long expireAfterAccess = UNSET;
    private long refreshAfterWrite = UNSET;
    private @Nullable RemovalListener<? super K, ? super V> listener;
    private @Nullable LongSupplier ticker;
    private boolean counting;
    private @Nullable String name;

    private LocalCacheBuilder(boolean strict) {
        this.strict = strict;
    }

    /** Starts without bounds, expiry and counts. */
    public static LocalCacheBuilder<Object, Object> newBuilder() {
        return new LocalCacheBuilder<>(true);
    }

    /**
     * Starts from settings as text, such as {@code maximumSize=10000,expireAfterWrite=10m,recordStats}: {@code initialCapacity},
     * {@code maximumSize}, {@code maximumWeight}, {@code concurrencyLevel}, {@code expireAfterAccess}, {@code expireAfterWrite},
     * {@code refreshAfterWrite} (also {@code refreshInterval}), each with a whole number, times with {@code d}, {@code h},
     * {@code m} or {@code s}; and {@code weakKeys}, {@code weakValues}, {@code softValues}, {@code recordStats}.
     *
     * @throws IllegalArgumentException if it is none of that
     */
    public static LocalCacheBuilder<Object, Object> from(String specification) {
        LocalCacheBuilder<Object, Object> builder = new LocalCacheBuilder<>(false);
        LocalCacheSettings.apply(specification, builder);
        return builder;
    }

    private static void once(boolean unset, String what) {
        if (!unset) {
            throw new IllegalStateException(what + " was already set. Set it once.");
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    /** How many entries to expect; taken for compatibility. */
    public LocalCacheBuilder<K, V> initialCapacity(int entries) {
        once(initialCapacity == UNSET, "The initial capacity");
        check(entries >= 0, "The initial capacity is negative. Give zero or more.");
        this.initialCapacity = entries;
        return this;
    }

    /** How many threads write at once: how many parts have a lock of their own. */
    public LocalCacheBuilder<K, V> concurrencyLevel(int threads) {
        once(concurrencyLevel == UNSET, "The concurrency level");
        check(threads > 0, "The concurrency level is not positive. Give one or more.");
        this.concurrencyLevel = threads;
        return this;
    }

    /** How many entries there may be; the least recently used make room. */
    public LocalCacheBuilder<K, V> maximumSize(long entries) {
        once(maximumSize == UNSET, "The maximum size");
        once(maximumWeight == UNSET, "The maximum weight");
        once(weigher == null, "A weigher, with which a maximum size does not go,");
        check(entries >= 0, "The maximum size is negative. Give zero or more.");
        this.maximumSize = entries;
        return this;
    }

    /** What all entries may weigh. */
    public LocalCacheBuilder<K, V> maximumWeight(long weight) {
        once(maximumWeight == UNSET, "The maximum weight");
        once(maximumSize == UNSET, "The maximum size");
        check(weight >= 0, "The maximum weight is negative. Give zero or more.");
        this.maximumWeight = weight;
        return this;
    }

    /** What entries weigh; needs {@link #maximumWeight}. */
    @SuppressWarnings("unchecked") // from here on it builds caches of these keys and values only
    public <K1 extends K, V1 extends V> LocalCacheBuilder<K1, V1> weigher(Weigher<? super K1, ? super V1> weighing) {
        once(weigher == null, "The weigher");
        once(!strict || maximumSize == UNSET, "The maximum size, with which a weigher does not go,");
        LocalCacheBuilder<K1, V1> self = (LocalCacheBuilder<K1, V1>) this;
        self.weigher = LocalStore.required(weighing);
        return self;
    }

    /** Holds keys weakly, and tells them apart by identity. */
    public LocalCacheBuilder<K, V> weakKeys() {
        once(!weakKeys, "The strength of keys");
        this.weakKeys = true;
        return this;
    }

    /** Holds values weakly, and tells them apart by identity. */
    public LocalCacheBuilder<K, V> weakValues() {
        once(values == null, "The strength of values");
        this.values = Values.WEAK;
        return this;
    }

    /** Holds values softly, and tells them apart by identity. */
    public LocalCacheBuilder<K, V> softValues() {
        once(values == null, "The strength of values");
        this.values = Values.SOFT;
        return this;
    }

    /** How long entries live after they were written. */
    public LocalCacheBuilder<K, V> expireAfterWrite(Duration time) {
        return expireAfterWrite(nanos(time), TimeUnit.NANOSECONDS);
    }

    /** How long entries live after they were written. */
    public LocalCacheBuilder<K, V> expireAfterWrite(long time, TimeUnit unit) {
        once(expireAfterWrite == UNSET, "The time after writes");
        check(time >= 0, "The time after writes is negative. Give zero or more.");
        this.expireAfterWrite = unit.toNanos(time);
        return this;
    }

    /** How long entries live after they were written or read. */
    public LocalCacheBuilder<K, V> expireAfterAccess(Duration time) {
        return expireAfterAccess(nanos(time), TimeUnit.NANOSECONDS);
    }

    /** How long entries live after they were written or read. */
    public LocalCacheBuilder<K, V> expireAfterAccess(long time, TimeUnit unit) {
        once(expireAfterAccess == UNSET, "The time after accesses");
        check(time >= 0, "The time after accesses is negative. Give zero or more.");
        this.expireAfterAccess = unit.toNanos(time);
        return this;
    }

    /** After what time a look-up loads an entry anew; for loading caches. */
    public LocalCacheBuilder<K, V> refreshAfterWrite(Duration time) {
        return refreshAfterWrite(nanos(time), TimeUnit.NANOSECONDS);
    }

    /** After what time a look-up loads an entry anew; for loading caches. */
    public LocalCacheBuilder<K, V> refreshAfterWrite(long time, TimeUnit unit) {
        once(refreshAfterWrite == UNSET, "The time of refreshing");
        check(time > 0, "The time of refreshing is not positive. Give more than zero.");
        this.refreshAfterWrite = unit.toNanos(time);
        return this;
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException tooLong) {
            return time.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Source of time in nanoseconds, which only goes on. */
    public LocalCacheBuilder<K, V> ticker(LongSupplier nanos) {
        once(ticker == null, "The ticker");
        this.ticker = LocalStore.required(nanos);
        return this;
    }

    /** Hears of every entry that leaves. */
    @SuppressWarnings("unchecked") // from here on it builds caches of these keys and values only
    public <K1 extends K, V1 extends V> LocalCacheBuilder<K1, V1> removalListener(
            RemovalListener<? super K1, ? super V1> hearing) {
        once(listener == null, "The removal listener");
        LocalCacheBuilder<K1, V1> self = (LocalCacheBuilder<K1, V1>) this;
        self.listener = LocalStore.required(hearing);
        return self;
    }

    /** Counts. */
    public LocalCacheBuilder<K, V> recordStats() {
        this.counting = true;
        return this;
    }

    /** Gives the cache a name, under which {@link LocalCaches} lists it, and counts. */
    public LocalCacheBuilder<K, V> named(String given) {
        this.name = given;
        return recordStats();
    }

    /** Builds one that loads nothing by itself. */
    public <K1 extends K, V1 extends V> LocalCache<K1, V1> build() {
        if (refreshAfterWrite != UNSET) {
            throw new IllegalStateException("Only a cache with a loader can load anew. Give build a loader.");
        }
        return listed(new LocalStore<K1, V1>(policy()));
    }

    /** Builds one that loads what it lacks. */
    public <K1 extends K, V1 extends V> LoadingLocalCache<K1, V1> build(LocalCacheLoader<? super K1, V1> loader) {
        return listed(new LoadingLocalStore<K1, V1>(policy(), LocalStore.required(loader)));
    }

    private <C extends LocalCache<?, ?>> C listed(C cache) {
        if (name != null) {
            LocalCaches.add(name, cache);
        }
        return cache;
    }

    @SuppressWarnings("unchecked") // weigher and listener were given for wider keys and values
    private <K1 extends K, V1 extends V> LocalPolicy<K1, V1> policy() {
        if (weigher == null && maximumWeight != UNSET) {
            throw new IllegalStateException("A maximum weight needs a weigher. Give one.");
        }
        if (strict && weigher != null && maximumWeight == UNSET) {
            throw new IllegalStateException("A weigher needs a maximum weight. Give one.");
        }
        boolean atOnce = expireAfterWrite == 0 || expireAfterAccess == 0;
        long most = atOnce ? 0 : weigher == null ? maximumSize : maximumWeight;
        return new LocalPolicy<>(
                weakKeys,
                values == null ? Values.STRONG : values,
                most,
                segments(most),
                weigher,
                expireAfterWrite > 0 ? expireAfterWrite : UNSET,
                expireAfterAccess > 0 ? expireAfterAccess : UNSET,
                refreshAfterWrite,
                ticker == null ? System::nanoTime : ticker,
                listener,
                new LocalCounts(counting));
    }

    private int segments(long most) {
        int wanted = concurrencyLevel == UNSET ? DEFAULT_SEGMENTS : concurrencyLevel;
        int segments = 1;
        while (segments < wanted && (most < 0 || segments * (long) LEAST_IN_SEGMENT <= most)) {
            segments *= 2;
        }
        return segments;
    }
}
