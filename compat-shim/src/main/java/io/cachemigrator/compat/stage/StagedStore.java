package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.stage.StageRouter.Routed;
import io.cachemigrator.compat.stage.StageRouter.Way;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The store that the stage asks for, to any legacy family: what the legacy layout and the consolidated one have in common.
 *
 * <p>A change is made in the layout that counts, which is the legacy one until the stage is CONSOLIDATED, and the state that
 * follows from it is handed to the other where the stage writes both; see {@link Mirror}. Thread safe.
 */
public final class StagedStore implements TaggedStore {
    private final StageRouter<?> router;
    private final Predicate<String> readEarlier;

    /**
     * Over a router, which is closed with this.
     *
     * @param readEarlier keys that were changed or left behind on the way, so that the legacy layout is asked when the
     *     consolidated one has none
     */
    public StagedStore(StageRouter<?> router, Predicate<String> readEarlier) {
        this.router = router;
        this.readEarlier = readEarlier;
    }

    /** Whether a key is read in the consolidated layout. */
    private boolean readsTarget(Way<?> way, String key) {
        return way.percent() > 0
                && router.options().buckets().isWithin(key, way.percent())
                && (isConsolidated(way) || way.mirror() == null || !way.mirror().isBehind(key));
    }

    private static boolean isConsolidated(Way<?> way) {
        return way.first() == way.target();
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            KeyedStore target = way.target();
            if (target == null || !readsTarget(way, key)) {
                Lookup<T> found = way.first().lookup(key, type);
                if (way.shadow() != null) {
                    way.shadow().compare(key, type, found);
                }
                return found;
            }
            Lookup<T> found = target.lookup(key, type);
            KeyedStore old = way.earlier();
            return old != null && asksEarlier(way, key, found) ? old.lookup(key, type) : found;
        }
    }

    /** At a canary stage the legacy layout still has everything, so it stands in for a target that does not answer. */
    private boolean asksEarlier(Way<?> way, String key, Lookup<?> found) {
        return found instanceof Lookup.Absent
                ? readEarlier.test(key)
                : !isConsolidated(way) && found instanceof Lookup.Unavailable;
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            KeyedStore target = way.target();
            Map<String, Lookup<T>> found = new LinkedHashMap<>();
            List<String> here = new ArrayList<>();
            List<String> there = new ArrayList<>();
            for (String key : keys) {
                found.put(key, new Lookup.Absent<>());
                (target != null && readsTarget(way, key) ? there : here).add(key);
            }
            if (target != null && !there.isEmpty()) {
                found.putAll(target.lookupAll(there, type));
            }
            KeyedStore old = way.earlier();
            if (old != null && !there.isEmpty()) {
                List<String> again = there.stream()
                        .filter(key -> asksEarlier(way, key, found.getOrDefault(key, new Lookup.Absent<>())))
                        .toList();
                if (isConsolidated(way) && !again.isEmpty()) {
                    found.putAll(old.lookupAll(again, type));
                } else {
                    here.addAll(again);
                }
            }
            if (!here.isEmpty()) {
                Map<String, Lookup<T>> first = way.first().lookupAll(here, type);
                found.putAll(first);
                if (way.shadow() != null) {
                    first.forEach((key, lookup) -> way.shadow().compare(key, type, lookup));
                }
            }
            return found;
        }
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            WriteOutcome outcome = way.first().put(key, value, options);
            repeat(way, outcome, outcome.isStored(), List.of(key));
            return outcome;
        }
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            WriteOutcome outcome = way.first().putAll(values, options);
            // some may have been stored before one was refused
            repeat(way, outcome, true, values.keySet());
            return outcome;
        }
    }

    /** A change that had no answer may have been made: until that is known, the other layout counts as behind. */
    private static void repeat(Way<?> way, WriteOutcome outcome, boolean changed, Collection<String> keys) {
        Mirror mirror = way.mirror();
        if (mirror == null || keys.isEmpty()) {
            return;
        }
        if (outcome == WriteOutcome.UNAVAILABLE) {
            mirror.doubt(keys);
        } else if (changed) {
            mirror.repeat(keys);
        }
    }

    @Override
    public WriteOutcome delete(String key) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            WriteOutcome outcome = way.first().delete(key);
            KeyedStore old = way.earlier();
            if (old != null
                    && isConsolidated(way)
                    && outcome == WriteOutcome.CONDITION_NOT_MET
                    && readEarlier.test(key)) {
                // one that only the legacy layout still had was an entry to the caller
                return old.delete(key);
            }
            repeat(way, outcome, true, List.of(key));
            return outcome;
        }
    }

    @Override
    public WriteOutcome exists(String key) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            KeyedStore target = way.target();
            if (target == null || !readsTarget(way, key)) {
                return way.first().exists(key);
            }
            WriteOutcome outcome = target.exists(key);
            KeyedStore old = way.earlier();
            // a service that cannot be reached says that there is none
            boolean again = outcome != WriteOutcome.STORED && (!isConsolidated(way) || readEarlier.test(key));
            return old != null && again ? old.exists(key) : outcome;
        }
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            WriteOutcome outcome = way.first().expire(key, ttl);
            repeat(way, outcome, outcome.isStored(), List.of(key));
            return outcome;
        }
    }

    @Override
    public CounterResult increment(String key, long delta) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            CounterResult result = way.first().increment(key, delta);
            boolean counted = result instanceof CounterResult.Counted;
            boolean unanswered = result instanceof CounterResult.Unavailable;
            repeat(way, unanswered ? WriteOutcome.UNAVAILABLE : WriteOutcome.STORED, counted, List.of(key));
            return result;
        }
    }

    @Override
    public ClearOutcome clear() {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            ClearOutcome outcome = way.first().clear();
            if (way.mirror() != null) {
                way.mirror().clear();
            }
            return outcome;
        }
    }

    @Override
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        try (Routed<?> call = router.begin()) {
            return call.way().first().states(keys);
        }
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            Map<String, WriteOutcome> outcomes = way.first().applyAll(states);
            repeat(way, WriteOutcome.STORED, true, states.keySet());
            return outcomes;
        }
    }

    /** Keys that the legacy layout's index has are carried over, too, whichever layout counts. */
    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        try (Routed<?> call = router.begin()) {
            Way<?> way = call.way();
            Mirror mirror = way.mirror();
            KeyedStore old = way.earlier();
            if (mirror == null || old == null) {
                return tagged(way.first()).clearTag(prefix, tag);
            }
            Set<String> keys = Set.of();
            boolean known = true;
            try {
                keys = tagged(old).keysOf(tag);
            } catch (InfrastructureException down) {
                known = false;
            }
            ClearOutcome outcome = tagged(way.first()).clearTag(prefix, tag);
            mirror.repeat(keys);
            return new ClearOutcome(outcome.removed(), outcome.complete() && known);
        }
    }

    @Override
    public Set<String> keysOf(String tag) {
        try (Routed<?> call = router.begin()) {
            return tagged(call.way().first()).keysOf(tag);
        }
    }

    @Override
    public Map<String, Stored> entries(String prefix) {
        try (Routed<?> call = router.begin()) {
            return tagged(call.way().first()).entries(prefix);
        }
    }

    @Override
    public Clock clock() {
        return tagged(router.primary()).clock();
    }

    private static TaggedStore tagged(KeyedStore store) {
        if (store instanceof TaggedStore tagged) {
            return tagged;
        }
        throw new IllegalStateException(
                "The store " + store.getClass().getSimpleName() + " knows no tags. Give the router stores that do.");
    }

    @Override
    public CacheHealth health() {
        return router.primary().health();
    }

    @Override
    public void close() {
        router.close();
    }
}
