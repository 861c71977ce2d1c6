package io.cachemigrator.cache.tier.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One region's entries in memory. */
final class MemoryRegion implements NearCopies {
    private static final int STRIPES = 1_024;

    private final RegionConfig config;
    private final StampClock stamps;
    private final LongSupplier millis;
    private final InvalidationTable records;
    private final LongSupplier ticker;
    private final LongAdder evictions = new LongAdder();
    private final Cache<String, Held> entries;
    private final AtomicLongArray changes = new AtomicLongArray(STRIPES);

    /** Shared by changes of one entry, which are atomic by themselves; exclusive for conditions on several. */
    private final ReadWriteLock batches = new ReentrantReadWriteLock();

    /**
     * Empty.
     *
     * @param millis the clock of the entries' deadlines
     */
    MemoryRegion(RegionConfig config, Clock clock, StampClock stamps, LongSupplier millis, InvalidationTable records) {
        this.config = config;
        this.stamps = stamps;
        this.millis = millis;
        this.records = records;
        this.ticker = StampClock.ticker(clock);
        this.entries = Caffeine.newBuilder()
                .maximumSize(config.memoryMaxEntries())
                .ticker(ticker::getAsLong)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, Held>writing((id, held) -> keptFor(held)))
                .evictionListener((id, held, cause) -> countEviction(cause.name()))
                .build();
    }

    private Duration keptFor(Held held) {
        long until = StoredEntry.removalMillis(
                held.envelope(), config.staleAllowance().toMillis());
        return until == Long.MAX_VALUE
                ? Duration.ofNanos(Long.MAX_VALUE)
                : Duration.ofMillis(Math.max(0, until - millis.getAsLong()));
    }

    private void countEviction(String cause) {
        if (cause.equals("SIZE")) {
            evictions.increment();
        }
    }

    /** What is kept under an id and may be seen, live or stale. */
    byte @Nullable [] visible(String id) {
        @Nullable Held held = entries.getIfPresent(id);
        return held == null || isHidden(id, held) ? null : held.envelope();
    }

    private boolean isHidden(String id, Held held) {
        return StoredEntry.isTombstone(held.envelope()) || records.hits(config.name(), id, held.envelope());
    }

    private boolean isLive(String id, @Nullable Held held) {
        return held != null && !StoredEntry.isExpired(held.envelope(), millis.getAsLong()) && !isHidden(id, held);
    }

    boolean isLive(String id) {
        return isLive(id, entries.getIfPresent(id));
    }

    PutResult put(List<EntryWrite> writes, PutCondition condition) {
        Lock lock = writes.size() > 1 && !condition.isUnconditional() ? batches.writeLock() : batches.readLock();
        lock.lock();
        try {
            if (writes.size() > 1 && !writes.stream().allMatch(write -> holds(condition, isLive(write.id())))) {
                return new PutResult.ConditionNotMet();
            }
            List<byte[]> stored = new ArrayList<>(writes.size());
            for (EntryWrite write : writes) {
                @Nullable Held held = store(write, condition);
                if (held == null) {
                    return new PutResult.ConditionNotMet();
                }
                stored.add(held.envelope());
            }
            return new PutResult.Stored(stored);
        } finally {
            lock.unlock();
        }
    }

    private static boolean holds(PutCondition condition, boolean live) {
        return switch (condition) {
            case ALWAYS, LOADED -> true;
            case IF_ABSENT -> !live;
            case IF_PRESENT -> live;
        };
    }

    private @Nullable Held store(EntryWrite write, PutCondition condition) {
        AtomicReference<@Nullable Held> stored = new AtomicReference<>();
        entries.asMap().compute(write.id(), (id, before) -> {
            if (!holds(condition, isLive(id, before))) {
                return before;
            }
            long deadline = EntryWrite.deadline(millis.getAsLong(), write.ttlMillis());
            Held after = held(EnvelopeFormat.stamped(write.envelope(), stamps.nextMicros(), deadline));
            stored.set(after);
            return after;
        });
        return stored.get();
    }

    private Held held(byte[] envelope) {
        return new Held(envelope, ticker.getAsLong());
    }

    boolean delete(String id) {
        return changeLive(id, live -> null);
    }

    boolean expire(String id, long ttlMillis) {
        return changeLive(id, live -> {
            long deadline = EntryWrite.deadline(millis.getAsLong(), ttlMillis);
            return held(StoredEntry.withDeadline(live.envelope(), deadline));
        });
    }

    private boolean changeLive(String id, Function<Held, @Nullable Held> change) {
        AtomicBoolean changed = new AtomicBoolean();
        batches.readLock().lock();
        try {
            entries.asMap().computeIfPresent(id, (key, before) -> {
                if (!isLive(key, before)) {
                    return before;
                }
                changed.set(true);
                return change.apply(before);
            });
        } finally {
            batches.readLock().unlock();
        }
        return changed.get();
    }

    Incremented increment(String id, long delta) {
        AtomicReference<Incremented> result = new AtomicReference<>(Incremented.NOT_AN_INTEGER);
        batches.readLock().lock();
        try {
            entries.asMap().compute(id, (key, before) -> {
                byte @Nullable [] live = before != null && isLive(key, before) ? before.envelope() : null;
                StoredEntry.Sum sum = StoredEntry.add(live, delta, stamps.nextMicros());
                result.set(sum.result());
                return sum.stored() == null ? before : held(sum.stored());
            });
        } finally {
            batches.readLock().unlock();
        }
        return Objects.requireNonNull(result.get());
    }

    long clear(String prefix) {
        long removed = 0;
        for (String id : entries.asMap().keySet()) {
            if (id.startsWith(prefix) && entries.asMap().remove(id) != null) {
                removed++;
            }
        }
        return removed;
    }

    void removeInvalidated() {
        entries.asMap().entrySet().removeIf(entry -> isHidden(entry.getKey(), entry.getValue()));
    }

    long countTagged(Collection<String> tags) {
        return entries.asMap().entrySet().stream()
                .filter(entry -> isLive(entry.getKey(), entry.getValue()))
                .filter(entry -> isTagged(entry.getValue().envelope(), tags))
                .count();
    }

    private static boolean isTagged(byte[] envelope, Collection<String> tags) {
        try {
            return EnvelopeFormat.tags(envelope).stream().anyMatch(tags::contains);
        } catch (EnvelopeException damaged) {
            return false;
        }
    }

    /** Every entry that may be seen. */
    Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        entries.asMap().forEach((id, held) -> {
            if (!isHidden(id, held)) {
                all.put(id, held.envelope());
            }
        });
        return all;
    }

    Occupancy occupancy() {
        long bytes = 0;
        long count = 0;
        for (Held held : entries.asMap().values()) {
            bytes += held.envelope().length;
            count++;
        }
        return new Occupancy(count, bytes, evictions.sum());
    }

    @Override
    public @Nullable NearCopy find(String id) {
        @Nullable Held held = entries.getIfPresent(id);
        return held == null || isHidden(id, held)
                ? null
                : new NearCopy(held.envelope(), ticker.getAsLong() - held.sinceNanos());
    }

    @Override
    public long ticket(String id) {
        return changes.get(stripe(id));
    }

    @Override
    public void keep(String id, byte[] envelope, long ticket) {
        entries.asMap().compute(id, (key, before) -> ticket(key) == ticket ? held(envelope) : before);
    }

    @Override
    public void change(String id, byte @Nullable [] envelope, long ticket) {
        entries.asMap().compute(id, (key, before) -> {
            boolean alone = changes.getAndIncrement(stripe(key)) == ticket;
            return alone && envelope != null ? held(envelope) : null;
        });
    }

    private static int stripe(String id) {
        int hash = id.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    @Override
    public void invalidateTags(Collection<String> tags, long atMicros) {
        tags.forEach(tag -> records.recordTag(config.name(), tag, atMicros));
    }

    @Override
    public void invalidatePrefix(String prefix, long atMicros) {
        records.recordPrefix(config.name(), prefix, atMicros);
    }

    @Override
    public void dropAll() {
        for (int i = 0; i < STRIPES; i++) {
            changes.getAndIncrement(i);
        }
        entries.invalidateAll();
    }

    /**
     * An entry in memory.
     *
     * @param envelope as stored
     * @param sinceNanos when it was put here, by the ticker
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
    private record Held(byte[] envelope, long sinceNanos) {}
}
