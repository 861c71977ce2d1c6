package io.cachemigrator.cache.tier.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.StoredEntry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The entries of one region by id: bounded, counted, and rid of those that are over. Thread safe. */
final class HeldEntries {
    private final Cache<String, HeldEntry> entries;
    private final Policy<String, HeldEntry> quietly;
    private final ExpiredEntries expired;
    private final LongAdder evictions = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongSupplier millis;
    private final long staleMillis;
    private final LongSupplier epoch;

    /** The epoch of the last eviction; at first it is as if there had been one. */
    private volatile long evictedIn;

    /**
     * Empty.
     *
     * @param millis the clock of the entries' deadlines
     * @param epoch the number of the present epoch; goes up
     */
    HeldEntries(RegionConfig config, LongSupplier millis, LongSupplier epoch) {
        this.epoch = epoch;
        this.millis = millis;
        this.staleMillis = config.staleAllowance().toMillis();
        this.entries = bounded(config)
                .executor(Runnable::run)
                .evictionListener(this::evicted)
                .build();
        this.quietly = entries.policy();
        this.expired = new ExpiredEntries(entries.asMap(), this::isOver, this::removeSame);
    }

    private static Caffeine<String, HeldEntry> bounded(RegionConfig config) {
        Long maxBytes = config.memoryMaxBytes();
        Caffeine<Object, Object> builder = Caffeine.newBuilder();
        return maxBytes == null
                ? typed(builder.maximumSize(config.memoryMaxEntries()))
                : builder.maximumWeight(maxBytes).weigher((String id, HeldEntry held) -> weight(id, held));
    }

    @SuppressWarnings("unchecked") // a builder without weigher and listeners has no elements yet
    private static Caffeine<String, HeldEntry> typed(Caffeine<Object, Object> builder) {
        return (Caffeine<String, HeldEntry>) (Caffeine<?, ?>) builder;
    }

    private static int weight(String id, HeldEntry held) {
        return id.length() + held.envelope().length;
    }

    private void evicted(@Nullable String id, @Nullable HeldEntry held, RemovalCause cause) {
        bytes.add(-sizeOf(held));
        if (cause == RemovalCause.SIZE) {
            evictions.increment();
            evictedIn = epoch.getAsLong();
        }
    }

    /** Whether something had to make room in an epoch or after it. */
    boolean evictedSince(long epoch) {
        return evictedIn >= epoch;
    }

    private static long sizeOf(@Nullable HeldEntry held) {
        return held == null ? 0 : held.envelope().length;
    }

    /** What is there, over or not. It counts as a use: what is used seldom is evicted first. */
    @Nullable
    HeldEntry get(String id) {
        return entries.getIfPresent(id);
    }

    /** As {@link #get}, but it counts as nothing: to note a use takes several times as long as to look. */
    @Nullable
    HeldEntry peek(String id) {
        return quietly.getIfPresentQuietly(id);
    }

    Set<String> ids() {
        return entries.asMap().keySet();
    }

    Set<Map.Entry<String, HeldEntry>> all() {
        return entries.asMap().entrySet();
    }

    /** Whether an entry is past its deadline and the allowance after it. */
    boolean isOver(HeldEntry held) {
        long deadline = held.deadlineMillis();
        return deadline != Envelope.NO_DEADLINE
                && StoredEntry.saturatedAdd(deadline, staleMillis) <= millis.getAsLong();
    }

    /** One step that nobody sees half of. */
    void compute(String id, BiFunction<String, @Nullable HeldEntry, @Nullable HeldEntry> change) {
        HeldEntry unused = entries.asMap().compute(id, (key, before) -> {
            @Nullable HeldEntry after = change.apply(key, before);
            bytes.add(sizeOf(after) - sizeOf(before));
            return after;
        });
        expired.removeSome();
    }

    boolean remove(String id) {
        @Nullable HeldEntry removed = entries.asMap().remove(id);
        bytes.add(-sizeOf(removed));
        return removed != null;
    }

    /** Removes an entry, unless another has taken its place. */
    void removeSame(String id, HeldEntry held) {
        if (entries.asMap().remove(id, held)) {
            bytes.add(-sizeOf(held));
        }
    }

    Occupancy occupancy() {
        return new Occupancy(entries.estimatedSize(), bytes.sum(), evictions.sum());
    }
}
