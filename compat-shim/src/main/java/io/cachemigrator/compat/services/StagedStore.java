package io.cachemigrator.compat.services;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to the store that the stage asks for. What was changed there is repeated on the other side where the stage
 * mirrors; that a mirror fails is not the caller's trouble.
 */
final class StagedStore implements KeyedStore {
    private static final String RESPONSES = "response:";

    private final StageRouter router;

    StagedStore(StageRouter router) {
        this.router = router;
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        StageRouter.Way way = router.way();
        Lookup<T> found = way.primary().lookup(key, type);
        // responses changed their keys: one that was not copied is still read where it was
        KeyedStore old = way.earlier();
        return old != null && found instanceof Lookup.Absent && key.startsWith(RESPONSES)
                ? old.lookup(key, type)
                : found;
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        StageRouter.Way way = router.way();
        Map<String, Lookup<T>> found = new LinkedHashMap<>(way.primary().lookupAll(keys, type));
        KeyedStore old = way.earlier();
        if (old != null) {
            Collection<String> missing = found.entrySet().stream()
                    .filter(entry -> entry.getValue() instanceof Lookup.Absent)
                    .map(Entry::getKey)
                    .filter(key -> key.startsWith(RESPONSES))
                    .toList();
            if (!missing.isEmpty()) {
                found.putAll(old.lookupAll(missing, type));
            }
        }
        return found;
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        StageRouter.Way way = router.way();
        WriteOutcome outcome = way.primary().put(key, value, options);
        Mirror mirror = way.mirror();
        if (mirror != null && outcome.isStored()) {
            mirror.put(key, value, options);
        }
        return outcome;
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        StageRouter.Way way = router.way();
        WriteOutcome outcome = way.primary().putAll(values, options);
        Mirror mirror = way.mirror();
        if (mirror != null && outcome.isStored()) {
            mirror.putAll(values, options);
        }
        return outcome;
    }

    @Override
    public WriteOutcome delete(String key) {
        StageRouter.Way way = router.way();
        WriteOutcome outcome = way.primary().delete(key);
        Mirror mirror = way.mirror();
        if (mirror == null || outcome == WriteOutcome.UNAVAILABLE) {
            return outcome;
        }
        // a response that only the mirror still had was an entry to the caller
        WriteOutcome mirrored = mirror.delete(key);
        return way.earlier() != null && key.startsWith(RESPONSES) && mirrored.isStored() ? mirrored : outcome;
    }

    @Override
    public WriteOutcome exists(String key) {
        StageRouter.Way way = router.way();
        WriteOutcome outcome = way.primary().exists(key);
        KeyedStore old = way.earlier();
        return old != null && outcome == WriteOutcome.CONDITION_NOT_MET && key.startsWith(RESPONSES)
                ? old.exists(key)
                : outcome;
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        StageRouter.Way way = router.way();
        WriteOutcome outcome = way.primary().expire(key, ttl);
        Mirror mirror = way.mirror();
        if (mirror != null && outcome.isStored()) {
            mirror.expire(key, ttl);
        }
        return outcome;
    }

    @Override
    public CounterResult increment(String key, long delta) {
        StageRouter.Way way = router.way();
        CounterResult result = way.primary().increment(key, delta);
        Mirror mirror = way.mirror();
        if (mirror != null && result instanceof CounterResult.Counted counted) {
            mirror.count(key, delta, counted.value());
        }
        return result;
    }

    @Override
    public ClearOutcome clear() {
        StageRouter.Way way = router.way();
        ClearOutcome outcome = way.primary().clear();
        Mirror mirror = way.mirror();
        if (mirror != null) {
            mirror.clear();
        }
        return outcome;
    }

    @Override
    public CacheHealth health() {
        return router.way().primary().health();
    }

    @Override
    public void close() {
        router.close();
    }
}
