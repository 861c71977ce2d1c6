package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.compat.store.ForwardingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest entries of the legacy layout in this process too, as the legacy caches did, while that layout is the only one.
 * What is kept is text, so that no caller changes what another one gets; it lives no longer than the entry, and goes with every
 * change through this process, made or failed. Changes by other processes are seen when it expires. Thread safe.
 */
final class MemoryFront extends ForwardingStore {
    private final TaggedStore store;
    private final Duration longest;
    private final BooleanSupplier active;
    private final Clock clock;
    private final L1Entries entries;

    /**
     * In front of a store.
     *
     * @param longest no entry is kept for longer
     * @param active whether the store is the legacy layout alone
     */
    MemoryFront(TaggedStore store, int size, Duration longest, BooleanSupplier active, Clock clock) {
        super(store);
        this.store = store;
        this.longest = longest;
        this.active = active;
        this.clock = clock;
        this.entries = new L1Entries(size, clock);
    }

    private boolean isActive() {
        boolean now = active.getAsBoolean();
        if (!now) {
            // who comes back to this stage begins anew: meanwhile others have written
            entries.clear();
        }
        return now;
    }

    /** The entries that are kept, as JSON text by key, the one that was used longest ago first. */
    Map<String, byte[]> kept() {
        return isActive() ? entries.live() : Map.of();
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        if (!isActive()) {
            return store.lookup(key, type);
        }
        Lookup<byte[]> kept = entries.get(key);
        if (kept.isPresent()) {
            return FactoryValues.typed(kept, type);
        }
        Object claim = entries.claim(key);
        Lookup<StoredJson> found = store.lookup(key, StoredJson.class);
        Lookup<byte[]> text = text(found);
        if (text instanceof Lookup.Present<byte[]> present && present.value() != null) {
            entries.fill(key, claim, present.value(), until(present.deadline()), present.deadline());
        } else {
            entries.giveUp(key, claim);
        }
        // the stage may have changed in between, and the other layout does not know this type
        return found instanceof Lookup.Undecodable ? store.lookup(key, type) : FactoryValues.typed(text, type);
    }

    private static Lookup<byte[]> text(Lookup<StoredJson> found) {
        if (found instanceof Lookup.Present<StoredJson> present && present.value() != null) {
            return new Lookup.Present<>(present.value().text(), present.deadline());
        }
        return found instanceof Lookup.Unavailable<StoredJson> unavailable
                ? new Lookup.Unavailable<>(unavailable.reason())
                : new Lookup.Absent<>();
    }

    /** What the entry has left, and the default at most. */
    private Instant until(@Nullable Instant deadline) {
        Instant most = clock.instant().plus(longest);
        return deadline == null || deadline.isAfter(most) ? most : deadline;
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        if (!isActive()) {
            return store.lookupAll(keys, type);
        }
        Map<String, Lookup<T>> found = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String key : keys) {
            Lookup<byte[]> kept = entries.get(key);
            found.put(key, FactoryValues.typed(kept, type));
            if (!kept.isPresent()) {
                others.add(key);
            }
        }
        if (!others.isEmpty()) {
            found.putAll(store.lookupAll(others, type));
        }
        return found;
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        if (!isActive()) {
            return store.put(key, value, options);
        }
        byte[] text = KeyedJson.write(value);
        Object claim = entries.claim(key);
        WriteOutcome outcome = WriteOutcome.UNAVAILABLE;
        try {
            outcome = store.put(key, value, options);
            return outcome;
        } finally {
            if (outcome.isStored()) {
                Duration ttl = options.ttl() == null ? longest : options.ttl();
                Instant deadline = ttl.equals(WriteOptions.NO_EXPIRY)
                        ? null
                        : clock.instant().plus(ttl);
                entries.fill(key, claim, text, until(deadline), deadline);
            } else {
                entries.drop(List.of(key));
            }
        }
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        return changing(values.keySet(), () -> store.putAll(values, options));
    }

    @Override
    public WriteOutcome delete(String key) {
        return changing(List.of(key), () -> store.delete(key));
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        return changing(List.of(key), () -> store.expire(key, ttl));
    }

    @Override
    public CounterResult increment(String key, long delta) {
        return changing(List.of(key), () -> store.increment(key, delta));
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        return changing(states.keySet(), () -> store.applyAll(states));
    }

    @Override
    public ClearOutcome clear() {
        try {
            return store.clear();
        } finally {
            entries.clear();
        }
    }

    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        try {
            return store.clearTag(prefix, tag);
        } finally {
            entries.clear();
        }
    }

    /** Before and after: a copy from before goes, and so does one that a reader took while the change was under way. */
    private <R> R changing(Collection<String> keys, Supplier<R> change) {
        entries.drop(keys);
        try {
            return change.get();
        } finally {
            entries.drop(keys);
        }
    }
}
