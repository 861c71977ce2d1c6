package io.cachemigrator.cache.tier.memory;

import com.github.benmanes.caffeine.cache.Interner;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StampClock;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.TimedWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One region's entries in memory. */
final class MemoryRegion implements NearCopies {
    private static final int STRIPES = 1_024;

    /** Four seconds, or less while much is invalidated. */
    private static final int EPOCHS_WITHOUT_EVICTIONS = 16;

    private final String name;
    private final StampClock stamps;
    private final LongSupplier millis;
    private final InvalidationTable records;
    private final LongSupplier ticker;
    private final Freshness freshness;
    private final Runnable recorded;
    private volatile HeldEntries entries;

    /** Many entries have the same tags; kept once, they take less room, and hits that need not look at them stay quick. */
    private final Interner<List<String>> tagLists = Interner.newWeakInterner();

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
        this.name = config.name();
        this.stamps = stamps;
        this.millis = millis;
        this.records = records;
        this.ticker = ticker;
        this.freshness = freshness;
        this.recorded = recorded;
        this.entries = new HeldEntries(config, millis, freshness::epoch);
    }

    /**
     * Bounds it otherwise.
     *
     * @param carryOver whether entries stay; copies of another tier's are dropped, as they can be had there
     */
    void reconfigure(RegionConfig config, boolean carryOver) {
        batches.writeLock().lock();
        try {
            HeldEntries bounded = new HeldEntries(config, millis, freshness::epoch);
            if (carryOver) {
                entries.all().forEach(each -> bounded.compute(each.getKey(), (id, none) -> each.getValue()));
            } else {
                refuseOlderTickets();
            }
            entries = bounded;
        } finally {
            batches.writeLock().unlock();
        }
    }

    @Override
    public @Nullable HeldEntry fresh(String id) {
        @Nullable HeldEntry held = entries.peek(id);
        return held != null && held.isFreshIn(freshness.epoch()) ? held : null;
    }

    @Override
    public void use(String id) {
        HeldEntry unused = entries.get(id);
    }

    @Override
    public boolean isMakingRoom() {
        return entries.evictedSince(freshness.epoch() - EPOCHS_WITHOUT_EVICTIONS);
    }

    @Override
    public @Nullable HeldEntry find(String id) {
        @Nullable HeldEntry held = entries.get(id);
        if (held == null || isHidden(id, held)) {
            return null;
        }
        if (entries.isOver(held)) {
            entries.removeSame(id, held);
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
        if (records.hits(name, id, held.createdMicros(), held.tags())) {
            return true;
        }
        held.foundVisibleAt(state);
        return false;
    }

    private boolean isLive(String id, @Nullable HeldEntry held) {
        return held != null && !held.isExpired(millis.getAsLong()) && !isHidden(id, held);
    }

    boolean isLive(String id) {
        return isLive(id, entries.get(id));
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
        entries.compute(write.id(), (id, before) -> {
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
        return new HeldEntry(envelope, ticker.getAsLong(), tagLists);
    }

    boolean apply(TimedWrite write) {
        long created = EnvelopeFormat.created(write.envelope());
        AtomicBoolean made = new AtomicBoolean();
        batches.readLock().lock();
        try {
            entries.compute(write.id(), (id, before) -> {
                if (before != null && StoredEntry.isAsNewAs(before.envelope(), created)) {
                    return before;
                }
                made.set(true);
                stamps.advanceTo(created);
                return held(write.envelope());
            });
        } finally {
            batches.readLock().unlock();
        }
        return made.get();
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
            entries.compute(id, (key, before) -> {
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
            entries.compute(id, (key, before) -> {
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
        for (String id : entries.ids()) {
            if (id.startsWith(prefix) && entries.remove(id)) {
                removed++;
            }
        }
        return removed;
    }

    /** Removes what the records hit, and lets nothing be kept that was read before. */
    void removeInvalidated() {
        refuseOlderTickets();
        entries.ids()
                .forEach(id ->
                        entries.compute(id, (key, before) -> before == null || isHidden(key, before) ? null : before));
    }

    long countTagged(Collection<String> tags) {
        return entries.all().stream()
                .filter(entry -> isLive(entry.getKey(), entry.getValue()))
                .filter(entry -> entry.getValue().tags().stream().anyMatch(tags::contains))
                .count();
    }

    /** Every entry that may be seen, live or stale. */
    Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (Map.Entry<String, HeldEntry> entry : entries.all()) {
            HeldEntry held = entry.getValue();
            if (!isHidden(entry.getKey(), held) && !entries.isOver(held)) {
                all.put(entry.getKey(), held.envelope());
            }
        }
        return all;
    }

    Occupancy occupancy() {
        return entries.occupancy();
    }

    @Override
    public long ticket(String id) {
        return changes.get(stripe(id));
    }

    @Override
    public void keep(String id, byte[] envelope, long ticket) {
        entries.compute(id, (key, before) -> ticket(key) == ticket ? held(envelope) : before);
    }

    @Override
    public void change(String id, byte @Nullable [] envelope, long ticket) {
        entries.compute(id, (key, before) -> {
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
        tags.forEach(tag -> records.recordTag(name, tag, atMicros));
        recorded.run();
    }

    @Override
    public void invalidatePrefix(String prefix, long atMicros) {
        records.recordPrefix(name, prefix, atMicros);
        recorded.run();
    }

    @Override
    public void dropAll() {
        refuseOlderTickets();
        entries.ids().forEach(entries::remove);
    }

    private void refuseOlderTickets() {
        for (int i = 0; i < STRIPES; i++) {
            changes.getAndIncrement(i);
        }
    }
}
