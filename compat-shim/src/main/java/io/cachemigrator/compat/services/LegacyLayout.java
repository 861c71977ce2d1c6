package io.cachemigrator.compat.services;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.domain.http.HttpEnvelope;
import io.cachemigrator.cache.domain.http.HttpResponseCache;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.stage.Mirrored;
import io.cachemigrator.compat.store.LegacyConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The legacy layout with what it has for HTTP responses: envelopes of its own, and an index of tags. To whoever asks for an
 * {@link HttpEnvelope}, and to a mirror, it gives the consolidated shape. Thread safe.
 */
final class LegacyLayout implements TaggedStore {
    private static final int BATCH = 100;
    private static final int MOST_KNOWN = 10_000;

    private final LegacyRedisStore redis;
    private final Clock clock;
    private final LongAdder plainBytes = new LongAdder();
    private final LongAdder valueBytes = new LongAdder();
    private final AtomicBoolean wholeIndexed = new AtomicBoolean();
    private final KnownTags indexed = new KnownTags(MOST_KNOWN);

    LegacyLayout(LegacyRedisStore redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        return type == HttpEnvelope.class ? response(key, type) : redis.lookup(key, type);
    }

    private <T> Lookup<T> response(String key, Class<T> type) {
        Lookup<byte[]> found = redis.timed(key);
        if (found instanceof Lookup.Present<byte[]> present) {
            Instant deadline = present.deadline();
            JsonNode envelope =
                    LegacyEnvelope.consolidated(Objects.requireNonNull(present.value()), deadline, clock.instant());
            if (envelope == null) {
                return new Lookup.Undecodable<>("a value that is no cached response, or is damaged");
            }
            index(key, LegacyEnvelope.tags(envelope), deadline);
            return new Lookup.Present<>(type.cast(new HttpEnvelope(envelope)), deadline);
        }
        if (found instanceof Lookup.Unavailable<byte[]> unavailable) {
            return new Lookup.Unavailable<>(unavailable.reason());
        }
        return found instanceof Lookup.Undecodable<byte[]> undecodable
                ? new Lookup.Undecodable<>(undecodable.kind(), undecodable.reason())
                : new Lookup.Absent<>();
    }

    /** Entries of other writers are in no index: they are put into it when they are first met. */
    private void index(String key, List<String> tags, @Nullable Instant deadline) {
        if (tags.isEmpty() || !indexed.add(key, tags)) {
            return;
        }
        try {
            redis.tags().add(key, tags, millisTo(deadline));
        } catch (JedisException down) {
            indexed.forget(key);
        }
    }

    private long millisTo(@Nullable Instant deadline) {
        return deadline == null
                ? -1
                : Math.max(1, Duration.between(clock.instant(), deadline).toMillis());
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        if (type != HttpEnvelope.class) {
            return redis.lookupAll(keys, type);
        }
        Map<String, Lookup<T>> found = new LinkedHashMap<>();
        keys.forEach(key -> found.put(key, response(key, type)));
        return found;
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        if (!(value instanceof HttpEnvelope envelope)) {
            return redis.put(key, value, options);
        }
        Duration ttl = options.ttl();
        long millis = ttl == null || ttl.equals(WriteOptions.NO_EXPIRY) ? -1 : Math.max(1, ttl.toMillis());
        // the index first: a key that is in it without need does no harm, one that is missing cannot be invalidated
        try {
            redis.tags().add(key, options.tags(), millis);
        } catch (JedisException down) {
            return WriteOutcome.UNAVAILABLE;
        }
        LegacyEnvelope.Written written = LegacyEnvelope.legacy(nameOf(key), envelope);
        plainBytes.add(written.plainBytes());
        valueBytes.add(written.valueBytes());
        return redis.putText(key, written.text(), options);
    }

    /** Size of responses as they are stored divided by their size as text; 0 before the first. */
    double compressionRatio() {
        long plain = plainBytes.sum();
        return plain == 0 ? 0 : (double) valueBytes.sum() / plain;
    }

    private static String nameOf(String key) {
        return key.startsWith(HttpResponseCache.PREFIX) ? key.substring(HttpResponseCache.PREFIX.length()) : key;
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        return redis.putAll(values, options);
    }

    @Override
    public WriteOutcome delete(String key) {
        return redis.delete(key);
    }

    @Override
    public WriteOutcome exists(String key) {
        return redis.exists(key);
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        return redis.expire(key, ttl);
    }

    @Override
    public CounterResult increment(String key, long delta) {
        return redis.increment(key, delta);
    }

    @Override
    public ClearOutcome clear() {
        return redis.clear();
    }

    @Override
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        Map<String, EntryState<byte[]>> states = redis.states(keys);
        states.replaceAll(LegacyLayout::consolidated);
        return states;
    }

    private static EntryState<byte[]> consolidated(String key, EntryState<byte[]> state) {
        if (!key.startsWith(HttpResponseCache.PREFIX) || !(state instanceof EntryState.Present<byte[]> present)) {
            return state;
        }
        byte[] text = present.value();
        JsonNode envelope = text == null ? null : LegacyEnvelope.consolidated(text, present.deadline(), present.asOf());
        return envelope == null
                ? state
                : new EntryState.Present<>(
                        KeyedJson.write(envelope),
                        present.asOf(),
                        present.deadline(),
                        LegacyEnvelope.tags(envelope),
                        present.metadata());
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        Map<String, EntryState<byte[]>> legacy = new LinkedHashMap<>();
        try {
            states.forEach((key, state) -> {
                legacy.put(key, legacy(key, state));
                if (state instanceof EntryState.Present<byte[]> present) {
                    redis.tags().add(key, present.tags(), millisTo(present.deadline()));
                }
            });
        } catch (JedisException down) {
            Map<String, WriteOutcome> outcomes = new LinkedHashMap<>();
            states.keySet().forEach(key -> outcomes.put(key, WriteOutcome.UNAVAILABLE));
            return outcomes;
        }
        return redis.applyAll(legacy);
    }

    private static EntryState<byte[]> legacy(String key, EntryState<byte[]> state) {
        if (!key.startsWith(HttpResponseCache.PREFIX)
                || !(state instanceof EntryState.Present<byte[]> present)
                || present.value() == null) {
            return state;
        }
        try {
            JsonNode tree = KeyedJson.read(present.value(), JsonNode.class);
            byte[] text = tree == null
                    ? present.value()
                    : LegacyEnvelope.legacy(nameOf(key), new HttpEnvelope(tree)).text();
            return new EntryState.Present<>(
                    text, present.asOf(), present.deadline(), present.tags(), present.metadata());
        } catch (CodecException notJson) {
            // what is no JSON is no response: it is kept as it is
            return state;
        }
    }

    /**
     * Takes over a state if the key still holds another one; see {@link LegacyRedisStore#replace}.
     *
     * @throws JedisException if the server does not answer
     */
    boolean replace(String key, EntryState<byte[]> expected, EntryState<byte[]> wanted) {
        EntryState<byte[]> raw = expected;
        if (key.startsWith(HttpResponseCache.PREFIX) && expected instanceof EntryState.Present<byte[]>) {
            raw = Objects.requireNonNull(redis.states(List.of(key)).get(key));
            if (!Mirrored.isSame(consolidated(key, raw), expected)) {
                return false;
            }
        }
        if (wanted instanceof EntryState.Present<byte[]> present) {
            redis.tags().add(key, present.tags(), millisTo(present.deadline()));
        }
        return redis.replace(key, raw, legacy(key, wanted));
    }

    /** Puts what other writers have left into the index, the first time that somebody asks by tag. */
    private void indexWhole() {
        if (!wholeIndexed.compareAndSet(false, true)) {
            return;
        }
        boolean done = false;
        try {
            List<String> keys = redis.keys(HttpResponseCache.PREFIX);
            for (int from = 0; from < keys.size(); from += BATCH) {
                states(keys.subList(from, Math.min(keys.size(), from + BATCH))).forEach((key, state) -> {
                    if (state instanceof EntryState.Present<byte[]> present) {
                        redis.tags().add(key, present.tags(), millisTo(present.deadline()));
                    }
                });
            }
            done = true;
        } finally {
            wholeIndexed.compareAndSet(true, done);
        }
    }

    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        long removed = 0;
        try {
            indexWhole();
            List<String> done = new ArrayList<>();
            Map<String, EntryState<byte[]>> states = redis.states(redis.tags().keysOf(tag));
            for (Map.Entry<String, EntryState<byte[]>> each : states.entrySet()) {
                boolean tagged = each.getKey().startsWith(prefix) && carries(each.getValue(), tag);
                boolean gone = tagged
                        && redis.replace(each.getKey(), each.getValue(), new EntryState.Absent<>(clock.instant()));
                removed += gone ? 1 : 0;
                if (gone || !tagged) {
                    done.add(each.getKey());
                    indexed.forget(each.getKey());
                }
            }
            boolean known = states.values().stream().noneMatch(EntryState.Unknown.class::isInstance);
            redis.tags().remove(tag, done);
            return new ClearOutcome(removed, known && done.size() == states.size());
        } catch (JedisException down) {
            return new ClearOutcome(removed, false);
        }
    }

    private static boolean carries(EntryState<byte[]> state, String tag) {
        return state instanceof EntryState.Present<byte[]> present
                && present.value() != null
                && LegacyEnvelope.tags(LegacyEnvelope.consolidated(present.value(), null, present.asOf()))
                        .contains(tag);
    }

    @Override
    public Set<String> keysOf(String tag) {
        try {
            indexWhole();
            return redis.tags().keysOf(tag);
        } catch (JedisException down) {
            throw unavailable(down);
        }
    }

    @Override
    public Map<String, Stored> entries(String prefix) {
        Map<String, Stored> entries = new LinkedHashMap<>();
        try {
            List<String> keys = redis.keys(prefix);
            for (int from = 0; from < keys.size(); from += BATCH) {
                redis.states(keys.subList(from, Math.min(keys.size(), from + BATCH)))
                        .forEach((key, state) -> {
                            if (state instanceof EntryState.Present<byte[]> present && present.value() != null) {
                                JsonNode envelope = LegacyEnvelope.consolidated(present.value(), null, present.asOf());
                                entries.put(key, new Stored(present.value().length, LegacyEnvelope.tags(envelope)));
                            }
                        });
            }
        } catch (JedisException down) {
            throw unavailable(down);
        }
        return entries;
    }

    private static InfrastructureException unavailable(JedisException down) {
        return new InfrastructureException(
                CacheErrorCode.STORE_UNAVAILABLE,
                "The legacy layout cannot be read: " + LegacyConnection.reason(down)
                        + ". Check the server, and ask again.",
                Map.of());
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public CacheHealth health() {
        return redis.health();
    }

    @Override
    public void close() {
        redis.close();
    }
}
