package io.cachemigrator.cache.tier.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
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
import java.util.function.BiFunction;
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
    private final Freshness freshness;
    private final Runnable recorded;
    private final LongAdder evictions = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Cache<String, HeldEntry> entries;
    private final ExpiredEntries expired;
    private final AtomicLongArray changes = new AtomicLongArray(STRIPES);

    /** Shared by changes of one entry, which are atomic by themselves; exclusive for conditions on several. */
    private final ReadWriteLock batches = new ReentrantReadWriteLock();

    /**
     * Empty.
     *
     * @param ticker when entries were put here
     * @param millis the clock of the entries' deadlines
     * @param recorded called after every record made here
     */
    MemoryRegion(
            RegionConfig config,
            LongSupplier ticker,
            Freshness freshness,
            StampClock stamps,
            LongSupplier millis,
            InvalidationTable records,
            Runnable recorded) {
        this.config = config;
        this.stamps = stamps;
        this.millis = millis;
        this.records = records;
        this.ticker = ticker;
        this.freshness = freshness;
        this.recorded = recorded;
        this.entries = bounded(config)
                .executor(Runnable::run)
                .evictionListener(this::evicted)
                .build();
        this.expired = new ExpiredEntries(entries.asMap(), this::isOver, this::removeSame);
    }

    /** Whether an entry is past its deadline and the allowance after it. */
    private boolean isOver(HeldEntry held) {
        return removalMillis(held) <= millis.getAsLong();
    }

    private void removeSame(String id, HeldEntry held) {
        if (entries.asMap().remove(id, held)) {
            bytes.add(-sizeOf(held));
        }
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

    private long removalMillis(HeldEntry held) {
        return StoredEntry.removalMillis(
                held.envelope(), config.staleAllowance().toMillis());
    }

    private void evicted(@Nullable String id, @Nullable HeldEntry held, RemovalCause cause) {
        bytes.add(-sizeOf(held));
        if (cause == RemovalCause.SIZE) {
            evictions.increment();
        }
    }

    @Override
    public @Nullable HeldEntry fresh(String id) {
        @Nullable HeldEntry held = entries.getIfPresent(id);
        return held != null && held.isFreshIn(freshness.epoch()) ? held : null;
    }

    @Override
    public @Nullable HeldEntry find(String id) {
        @Nullable HeldEntry held = entries.getIfPresent(id);
        if (held == null || isHidden(id, held)) {
            return null;
        }
        if (held.deadlineMillis() != Envelope.NO_DEADLINE && isOver(held)) {
            removeSame(id, held);
            return null;
        }
        return held;
    }

    @Override
    public long ageNanos(HeldEntry entry) {
        return ticker.getAsLong() - entry.heldSinceNanos();
    }

    @Override
    public boolean clockRuns() {
        return freshness.clockRuns();
    }

    @Override
    public long epoch() {
        return freshness.epoch();
    }

    @Override
    public void keepFresh(HeldEntry entry, long epoch, long spanNanos) {
        if (spanNanos > Freshness.LONGEST.toNanos() && freshness.isKept()) {
            entry.freshIn(epoch);
        }
    }

    private boolean isHidden(String id, HeldEntry held) {
        if (held.isTombstone()) {
            return true;
        }
        long state = records.state();
        if (!held.isReadable() || held.isVisibleAt(state)) {
            return false;
        }
        if (records.hits(config.name(), id, held.createdMicros(), held.tags())) {
            return true;
        }
        held.foundVisibleAt(state);
        return false;
    }

    private boolean isLive(String id, @Nullable HeldEntry held) {
        return held != null && !held.isExpired(millis.getAsLong()) && !isHidden(id, held);
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
                @Nullable HeldEntry held = store(write, condition);
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

    private @Nullable HeldEntry store(EntryWrite write, PutCondition condition) {
        AtomicReference<@Nullable HeldEntry> stored = new AtomicReference<>();
        compute(write.id(), (id, before) -> {
            if (!holds(condition, isLive(id, before))) {
                return before;
            }
            long deadline = EntryWrite.deadline(millis.getAsLong(), write.ttlMillis());
            HeldEntry after = held(EnvelopeFormat.stamped(write.envelope(), stamps.nextMicros(), deadline));
            stored.set(after);
            return after;
        });
        return stored.get();
    }

    private HeldEntry held(byte[] envelope) {
        return new HeldEntry(envelope, ticker.getAsLong());
    }

    /** One step that nobody sees half of. */
    private void compute(String id, BiFunction<String, @Nullable HeldEntry, @Nullable HeldEntry> change) {
        HeldEntry unused = entries.asMap().compute(id, (key, before) -> {
            @Nullable HeldEntry after = change.apply(key, before);
            bytes.add(sizeOf(after) - sizeOf(before));
            return after;
        });
        expired.removeSome();
    }

    private boolean remove(String id) {
        @Nullable HeldEntry removed = entries.asMap().remove(id);
        bytes.add(-sizeOf(removed));
        return removed != null;
    }

    private static long sizeOf(@Nullable HeldEntry held) {
        return held == null ? 0 : held.envelope().length;
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

    private boolean changeLive(String id, Function<HeldEntry, @Nullable HeldEntry> change) {
        AtomicBoolean changed = new AtomicBoolean();
        batches.readLock().lock();
        try {
            compute(id, (key, before) -> {
                if (before == null || !isLive(key, before)) {
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
            compute(id, (key, before) -> {
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
            if (id.startsWith(prefix) && remove(id)) {
                removed++;
            }
        }
        return removed;
    }

    /** Removes what the records hit, and lets nothing be kept that was read before. */
    void removeInvalidated() {
        refuseOlderTickets();
        entries.asMap()
                .keySet()
                .forEach(id -> compute(id, (key, before) -> before == null || isHidden(key, before) ? null : before));
    }

    long countTagged(Collection<String> tags) {
        return entries.asMap().entrySet().stream()
                .filter(entry -> isLive(entry.getKey(), entry.getValue()))
                .filter(entry -> entry.getValue().tags().stream().anyMatch(tags::contains))
                .count();
    }

    /** Every entry that may be seen, live or stale. */
    Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        entries.asMap().forEach((id, held) -> {
            if (!isHidden(id, held) && !isOver(held)) {
                all.put(id, held.envelope());
            }
        });
        return all;
    }

    Occupancy occupancy() {
        return new Occupancy(entries.estimatedSize(), bytes.sum(), evictions.sum());
    }

    @Override
    public long ticket(String id) {
        return changes.get(stripe(id));
    }

    @Override
    public void keep(String id, byte[] envelope, long ticket) {
        compute(id, (key, before) -> ticket(key) == ticket ? held(envelope) : before);
    }

    @Override
    public void change(String id, byte @Nullable [] envelope, long ticket) {
        compute(id, (key, before) -> {
            boolean alone = changes.getAndIncrement(stripe(key)) == ticket;
            return alone && envelope != null ? held(envelope) : null;
        });
    }

    private static int stripe(String id) {
        int hash = id.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    @Override
    public void drop(String id) {
        change(id, null, ticket(id));
    }

    @Override
    public void invalidateTags(Collection<String> tags, long atMicros) {
        tags.forEach(tag -> records.recordTag(config.name(), tag, atMicros));
        recorded.run();
    }

    @Override
    public void invalidatePrefix(String prefix, long atMicros) {
        records.recordPrefix(config.name(), prefix, atMicros);
        recorded.run();
    }

    @Override
    public void dropAll() {
        refuseOlderTickets();
        entries.asMap().keySet().forEach(this::remove);
    }

    private void refuseOlderTickets() {
        for (int i = 0; i < STRIPES; i++) {
            changes.getAndIncrement(i);
        }
    }
}
