package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.error.CacheException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Repeats in another store what was changed in the one that counts: not the command, but the state that the key has there
 * afterwards, so that two writers leave both stores alike in whatever order they come. That it fails is not the caller's
 * trouble: the key is noted, and its state handed over when the other store takes it. Thread safe.
 */
final class Mirror {
    private static final int MOST_ROUNDS = 20;

    private final KeyedStore from;
    private final KeyedStore to;
    private final MissedChanges missed;

    /** From the store that counts to the other. */
    Mirror(KeyedStore from, KeyedStore to, MissedChanges missed) {
        this.from = from;
        this.to = to;
        this.missed = missed;
    }

    /** Hands the state of a key over; whether the other store has it now. */
    boolean repeat(String key) {
        return repeat(List.of(key));
    }

    /** Hands the states of keys over; whether the other store has all of them now. */
    boolean repeat(Collection<String> keys) {
        boolean done = false;
        String reason = "it cannot be reached";
        try {
            done = handOver(keys);
        } catch (CacheException e) {
            reason = String.valueOf(e.getMessage());
        }
        if (done) {
            missed.made(keys);
        } else {
            missed.add(this, keys, reason);
        }
        return done;
    }

    /** Notes keys of which it is not known whether they were changed; their states are handed over once they are. */
    void doubt(Collection<String> keys) {
        missed.doubt(this, keys);
    }

    /** Tries again what was missed. */
    void repeatMissed(Collection<String> keys) {
        if (handOver(keys)) {
            missed.made(keys);
        }
    }

    private boolean handOver(Collection<String> keys) {
        Collection<String> open = keys;
        for (int round = 0; !open.isEmpty(); round++) {
            Map<String, EntryState<byte[]>> states = from.states(open);
            boolean known = states.values().stream().noneMatch(EntryState.Unknown.class::isInstance);
            boolean taken = known
                    && round < MOST_ROUNDS
                    && to.applyAll(states).values().stream().allMatch(Mirror::isSettled);
            if (!taken) {
                return false;
            }
            // who was overtaken here hands over what is there now: the last one to write is followed by a look of its
            // own
            open = changedSince(states);
        }
        return true;
    }

    private static boolean isSettled(WriteOutcome outcome) {
        return outcome.isStored() || outcome == WriteOutcome.CONDITION_NOT_MET;
    }

    private Collection<String> changedSince(Map<String, EntryState<byte[]>> handedOver) {
        Map<String, EntryState<byte[]>> now = from.states(handedOver.keySet());
        Map<String, EntryState<byte[]>> changed = new LinkedHashMap<>(handedOver);
        changed.entrySet().removeIf(entry -> Mirrored.isSame(entry.getValue(), now.get(entry.getKey())));
        return changed.keySet();
    }

    /** Whether the other store may lack the latest state of a key. */
    boolean isBehind(String key) {
        return missed.contains(key);
    }

    /** Removes everything in the other store too. */
    void clear() {
        boolean cleared = false;
        String reason = "it cannot be reached";
        try {
            cleared = to.clear().complete();
        } catch (CacheException e) {
            reason = String.valueOf(e.getMessage());
        }
        if (!cleared) {
            missed.addAll(reason);
        }
    }
}
