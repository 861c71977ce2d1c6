package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.factory.MemoryUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries of this process only, as JSON: when there is no room for a new one, those that have expired go, then the one that was read
 * or written least recently. Nothing but a removal for want of room looks at more than one entry. Thread safe.
 */
final class LruStore implements TaggedStore, MemoryUse {
    private final Duration defaultTtl;
    private final int limit;
    private final Clock clock;
    /** The least recently used first. */
    private final Map<String, Kept> entries = new LinkedHashMap<>();

    private long bytes;
    private long evictions;

    LruStore(Duration defaultTtl, int limit, Clock clock) {
        this.defaultTtl = defaultTtl;
        this.limit = limit;
        this.clock = clock;
    }

    /** A live entry; one that has expired is removed. */
    private @Nullable Kept live(String key) {
        Kept kept = entries.get(key);
        if (kept != null && kept.isExpired(clock.instant())) {
            drop(key);
            return null;
        }
        return kept;
    }

    private boolean drop(String key) {
        Kept dropped = entries.remove(key);
        bytes -= dropped == null ? 0 : dropped.json().length;
        return dropped != null;
    }

    private void keep(String key, Kept kept) {
        boolean fresh = !drop(key);
        if (fresh && entries.size() >= limit) {
            makeRoom();
        }
        entries.put(key, kept);
        bytes += kept.json().length;
    }

    private void makeRoom() {
        Instant now = clock.instant();
        for (String key : List.copyOf(entries.keySet())) {
            Kept kept = entries.get(key);
            if (kept != null && kept.isExpired(now)) {
                drop(key);
            }
        }
        Iterator<String> oldest = List.copyOf(entries.keySet()).iterator();
        while (entries.size() >= limit) {
            drop(oldest.next());
            evictions++;
        }
    }

    @Override
    public synchronized <T> Lookup<T> lookup(String key, Class<T> type) {
        Kept kept = live(key);
        if (kept == null) {
            return new Lookup.Absent<>();
        }
        entries.remove(key);
        entries.put(key, kept);
        try {
            return new Lookup.Present<>(KeyedJson.read(kept.json(), type), kept.deadline());
        } catch (CodecException e) {
            return new Lookup.Undecodable<>(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        Map<String, Lookup<T>> found = new LinkedHashMap<>();
        keys.forEach(key -> found.put(key, lookup(key, type)));
        return found;
    }

    @Override
    public synchronized WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        byte[] json = KeyedJson.write(value);
        boolean there = live(key) != null;
        boolean met = switch (options.condition()) {
            case ALWAYS -> true;
            case IF_ABSENT -> !there;
            case IF_PRESENT -> there;
        };
        if (!met) {
            return WriteOutcome.CONDITION_NOT_MET;
        }
        Duration ttl = options.ttl() == null ? defaultTtl : options.ttl();
        boolean forever = ttl.equals(WriteOptions.NO_EXPIRY);
        keep(key, new Kept(json, forever ? null : clock.instant().plus(ttl)));
        return WriteOutcome.STORED;
    }

    @Override
    public synchronized WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        values.values().forEach(KeyedJson::write);
        WriteOutcome all = WriteOutcome.STORED;
        for (Map.Entry<String, ? extends @Nullable Object> each : values.entrySet()) {
            WriteOutcome one = put(each.getKey(), each.getValue(), options);
            all = all.isStored() ? one : all;
        }
        return all;
    }

    @Override
    public synchronized WriteOutcome delete(String key) {
        boolean there = live(key) != null;
        drop(key);
        return there ? WriteOutcome.STORED : WriteOutcome.CONDITION_NOT_MET;
    }

    @Override
    public synchronized WriteOutcome exists(String key) {
        return live(key) == null ? WriteOutcome.CONDITION_NOT_MET : WriteOutcome.STORED;
    }

    @Override
    public synchronized WriteOutcome expire(String key, Duration ttl) {
        Kept kept = live(key);
        if (kept == null) {
            return WriteOutcome.CONDITION_NOT_MET;
        }
        keep(key, new Kept(kept.json(), clock.instant().plus(ttl)));
        live(key);
        return WriteOutcome.STORED;
    }

    @Override
    public synchronized CounterResult increment(String key, long delta) {
        Kept kept = live(key);
        try {
            Long before = kept == null ? Long.valueOf(0) : KeyedJson.read(kept.json(), Long.class);
            if (before == null) {
                return new CounterResult.Refused("the value is no whole number, or the sum is too large");
            }
            long after = Math.addExact(before, delta);
            keep(key, new Kept(KeyedJson.write(after), kept == null ? null : kept.deadline()));
            return new CounterResult.Counted(after);
        } catch (CodecException | ArithmeticException noNumber) {
            return new CounterResult.Refused("the value is no whole number, or the sum is too large");
        }
    }

    @Override
    public synchronized ClearOutcome clear() {
        long removed = entries.size();
        List.copyOf(entries.keySet()).forEach(this::drop);
        return new ClearOutcome(removed, true);
    }

    @Override
    public synchronized Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        Map<String, EntryState<byte[]>> states = new LinkedHashMap<>();
        Instant now = clock.instant();
        for (String key : keys) {
            Kept kept = live(key);
            states.put(
                    key,
                    kept == null
                            ? new EntryState.Absent<>(now)
                            : new EntryState.Present<>(kept.json(), now, kept.deadline()));
        }
        return states;
    }

    /** There is one writer of these entries, so what is handed over last is the newest. */
    @Override
    public synchronized Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        Map<String, WriteOutcome> outcomes = new LinkedHashMap<>();
        states.forEach((key, state) -> {
            if (state instanceof EntryState.Present<byte[]> present) {
                byte[] json = present.value();
                keep(key, new Kept(json == null ? KeyedJson.write(null) : json, present.deadline()));
            } else if (state instanceof EntryState.Absent<byte[]>) {
                drop(key);
            } else {
                throw new IllegalArgumentException("The state of '" + key + "' is not known. Ask for it again.");
            }
            outcomes.put(key, WriteOutcome.STORED);
        });
        return outcomes;
    }

    /** These entries have no tags. */
    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        return new ClearOutcome(0, true);
    }

    @Override
    public Set<String> keysOf(String tag) {
        return Set.of();
    }

    @Override
    public synchronized Map<String, Stored> entries(String prefix) {
        Map<String, Stored> found = new LinkedHashMap<>();
        for (String key : List.copyOf(entries.keySet())) {
            Kept kept = key.startsWith(prefix) ? live(key) : null;
            if (kept != null) {
                found.put(key, new Stored(kept.json().length, List.of()));
            }
        }
        return found;
    }

    /** Keeps a live entry until it is removed. */
    synchronized void persist(String key) {
        Kept kept = live(key);
        if (kept != null) {
            keep(key, new Kept(kept.json(), null));
        }
    }

    /** Every key, those of expired entries too. */
    synchronized List<String> allKeys() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public CacheHealth health() {
        return new CacheHealth(CacheHealth.Status.UP, Map.of());
    }

    @Override
    public String backend() {
        return "memory";
    }

    @Override
    public synchronized Figures figures() {
        return new Figures(entries.size(), limit, bytes, evictions);
    }

    @Override
    public synchronized void close() {
        clear();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] json, @Nullable Instant deadline) {
        boolean isExpired(Instant now) {
            return deadline != null && !deadline.isAfter(now);
        }
    }
}
