package io.cachemigrator.cache.factory;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was written and removed while no store answered: this process goes by it meanwhile, and hands it over once a store
 * answers, which takes each change unless it has one that is as new. Bounded: the oldest change goes first. Thread safe.
 */
final class OutageMemory {
    private final int limit;
    private final Clock clock;
    private final Map<String, EntryState<byte[]>> changes = new LinkedHashMap<>();

    OutageMemory(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    synchronized boolean isEmpty() {
        return changes.isEmpty();
    }

    synchronized void put(String key, @Nullable Object value, Duration ttl, List<String> tags) {
        Instant now = clock.instant();
        note(key, new EntryState.Present<>(KeyedJson.write(value), now, now.plus(ttl), tags, Map.of()));
    }

    /** Notes that a key was removed; whether something was held under it. */
    synchronized boolean remove(String key) {
        boolean there = live(key) != null;
        note(key, new EntryState.Absent<>(clock.instant()));
        return there;
    }

    private void note(String key, EntryState<byte[]> state) {
        changes.remove(key);
        changes.put(key, state);
        if (changes.size() > limit) {
            changes.remove(changes.keySet().iterator().next());
        }
    }

    /** What this process knows of a key that no store answers for. */
    synchronized <T> Lookup<T> lookup(String key, Class<T> type, Lookup<T> otherwise) {
        EntryState<byte[]> state = changes.get(key);
        EntryState.Present<byte[]> live = live(key);
        if (live == null) {
            return state == null ? otherwise : new Lookup.Absent<>();
        }
        byte[] json = live.value();
        try {
            return new Lookup.Present<>(json == null ? null : KeyedJson.read(json, type), live.deadline());
        } catch (CodecException e) {
            return new Lookup.Undecodable<>(String.valueOf(e.getMessage()));
        }
    }

    synchronized boolean has(String key) {
        return live(key) != null;
    }

    /** Keys that it has values of. */
    synchronized List<String> keys() {
        return changes.keySet().stream().filter(key -> live(key) != null).toList();
    }

    /**
     * Hands the changes over; those that the store does not take for want of an answer stay. A store may have noted by itself that
     * these keys were written, and removed what it had when it came back: then a value takes the place that is empty.
     */
    synchronized void handTo(KeyedStore store) {
        if (changes.isEmpty()) {
            return;
        }
        Map<String, WriteOutcome> outcomes = store.applyAll(Map.copyOf(changes));
        outcomes.forEach((key, outcome) -> {
            EntryState.Present<byte[]> live = live(key);
            WriteOutcome last = outcome;
            if (outcome == WriteOutcome.CONDITION_NOT_MET && live != null) {
                last = fill(store, key, live);
            }
            if (last != WriteOutcome.UNAVAILABLE) {
                changes.remove(key);
            }
        });
    }

    private WriteOutcome fill(KeyedStore store, String key, EntryState.Present<byte[]> live) {
        byte[] json = live.value();
        Instant deadline = live.deadline();
        Duration left = deadline == null ? WriteOptions.NO_EXPIRY : Duration.between(clock.instant(), deadline);
        WriteOptions options = new WriteOptions(left, WriteOptions.Condition.IF_ABSENT, live.tags(), live.metadata());
        try {
            return store.put(key, json == null ? null : KeyedJson.read(json, JsonNode.class), options);
        } catch (CodecException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private EntryState.@Nullable Present<byte[]> live(String key) {
        EntryState<byte[]> state = changes.get(key);
        if (!(state instanceof EntryState.Present<byte[]> present)) {
            return null;
        }
        Instant deadline = present.deadline();
        return deadline == null || deadline.isAfter(clock.instant()) ? present : null;
    }
}
