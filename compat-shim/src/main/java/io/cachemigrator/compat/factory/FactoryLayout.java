package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.stage.Mirrored;
import io.cachemigrator.compat.store.LegacyConnection;
import io.cachemigrator.compat.store.LegacyNamespace;
import io.cachemigrator.compat.store.LegacyTexts;
import java.nio.charset.StandardCharsets;
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
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The legacy layout: one Redis string for each entry, under the application's own key. It has no index of tags: the operation of
 * an answer stands in its key. To callers and to a mirror it gives JSON. Thread safe.
 */
final class FactoryLayout implements TaggedStore {
    private static final int BATCH = 100;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final LegacyTexts texts;
    private final FactoryValues values;
    private final FactoryCounters counters;
    private final Duration defaultTtl;
    private final ClearScope scope;
    private final List<String> others;
    private final Clock clock;

    /**
     * Connects on first use.
     *
     * @param others what keys of others start with on the same server, such as those of the consolidated service
     */
    FactoryLayout(LegacyOptions options, ClearScope scope, Collection<String> others) {
        this.texts = new LegacyTexts(new LegacyConnection(options.legacy()));
        this.values = new FactoryValues(options);
        this.counters = new FactoryCounters(texts.connection(), values.seals());
        this.defaultTtl = options.defaultTtl();
        this.scope = scope;
        this.others = List.copyOf(others);
        this.clock = options.clock();
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        return lookupAll(List.of(key), type).getOrDefault(key, new Lookup.Absent<>());
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        Map<String, Lookup<T>> found = new LinkedHashMap<>();
        texts.states(keys).forEach((key, state) -> found.put(key, FactoryValues.typed(json(state), type)));
        return found;
    }

    private Lookup<byte[]> json(EntryState<byte[]> state) {
        if (state instanceof EntryState.Present<byte[]> present) {
            Instant until = present.deadline();
            // what is left by the server's clock is what is left here too, however far apart the clocks are
            Instant deadline = until == null ? null : clock.instant().plus(Duration.between(present.asOf(), until));
            return values.json(Objects.requireNonNull(present.value()), deadline);
        }
        if (state instanceof EntryState.Unknown<byte[]> unknown) {
            return LegacyTexts.isForeign(unknown)
                    ? new Lookup.Undecodable<>(unknown.reason())
                    : new Lookup.Unavailable<>(unknown.reason());
        }
        return new Lookup.Absent<>();
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        byte[] stored = values.stored(KeyedJson.write(value));
        return stored == null ? WriteOutcome.TOO_LARGE : texts.put(key, stored, timed(options));
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> many, WriteOptions options) {
        Map<String, byte[]> written = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends @Nullable Object> each : many.entrySet()) {
            byte[] stored = values.stored(KeyedJson.write(each.getValue()));
            if (stored == null) {
                return WriteOutcome.TOO_LARGE;
            }
            written.put(each.getKey(), stored);
        }
        return texts.putAll(written, timed(options));
    }

    /** As the legacy caches had it, nothing is stored without a time to live unless that is asked for. */
    private WriteOptions timed(WriteOptions options) {
        return options.ttl() == null ? options.withTtl(defaultTtl) : options;
    }

    @Override
    public WriteOutcome delete(String key) {
        return texts.delete(key);
    }

    @Override
    public WriteOutcome exists(String key) {
        return texts.exists(key);
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        return texts.expire(key, ttl);
    }

    @Override
    public CounterResult increment(String key, long delta) {
        return counters.add(key, delta);
    }

    @Override
    public ClearOutcome clear() {
        return namespace(scope == ClearScope.ANSWERS ? FactoryKeys.ANSWERS : "").clear();
    }

    private LegacyNamespace namespace(String prefix) {
        return LegacyNamespace.ofTexts(texts.connection().client(), prefix, others);
    }

    /** A value that cannot be read is not known: a mirror leaves what it has. */
    @Override
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        Map<String, EntryState<byte[]>> states = texts.states(keys);
        states.replaceAll(this::plain);
        return states;
    }

    private EntryState<byte[]> plain(String key, EntryState<byte[]> state) {
        if (!(state instanceof EntryState.Present<byte[]> present)) {
            return state;
        }
        Lookup<byte[]> json = values.json(Objects.requireNonNull(present.value()), present.deadline());
        if (json instanceof Lookup.Present<byte[]> read) {
            return new EntryState.Present<>(
                    read.value(), present.asOf(), present.deadline(), FactoryKeys.tags(key), Map.of());
        }
        return new EntryState.Unknown<>(((Lookup.Undecodable<byte[]>) json).reason());
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        Map<String, WriteOutcome> outcomes = new LinkedHashMap<>();
        Map<String, EntryState<byte[]>> fitting = new LinkedHashMap<>();
        states.forEach((key, state) -> {
            EntryState<byte[]> written = written(state);
            outcomes.put(key, WriteOutcome.TOO_LARGE);
            if (written != null) {
                fitting.put(key, written);
            }
        });
        outcomes.putAll(texts.applyAll(fitting));
        return outcomes;
    }

    /** A state with the bytes to store; null where they would be too many. */
    private @Nullable EntryState<byte[]> written(EntryState<byte[]> state) {
        if (!(state instanceof EntryState.Present<byte[]> present)) {
            return state;
        }
        byte[] json = present.value();
        byte[] stored = values.stored(json == null ? NULL : json);
        return stored == null ? null : new EntryState.Present<>(stored, present.asOf(), present.deadline());
    }

    /**
     * Takes over a state if the key still holds another one.
     *
     * @param expected as {@link #states} gave it
     * @return whether it was taken over; not if the key has changed, or the value is too large
     * @throws JedisException if the server does not answer
     */
    boolean replace(String key, EntryState<byte[]> expected, EntryState<byte[]> wanted) {
        EntryState<byte[]> stored =
                Objects.requireNonNull(texts.states(List.of(key)).get(key));
        EntryState<byte[]> written = written(wanted);
        return written != null && Mirrored.isSame(plain(key, stored), expected) && texts.replace(key, stored, written);
    }

    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        String tagged = FactoryKeys.prefixOf(tag);
        return tagged == null || !prefix.equals(FactoryKeys.ANSWERS)
                ? new ClearOutcome(0, true)
                : namespace(tagged).clear();
    }

    @Override
    public Set<String> keysOf(String tag) {
        String tagged = FactoryKeys.prefixOf(tag);
        try {
            return tagged == null ? Set.of() : namespace(tagged).keys();
        } catch (JedisException down) {
            throw unavailable(down);
        }
    }

    /** As in the consolidated layout, answers are apart: they are among the entries only where the prefix asks for them. */
    @Override
    public Map<String, Stored> entries(String prefix) {
        boolean answers = prefix.startsWith(FactoryKeys.ANSWERS);
        Map<String, Stored> entries = new LinkedHashMap<>();
        try {
            List<String> keys = namespace(prefix).keys().stream()
                    .filter(key -> answers || !key.startsWith(FactoryKeys.ANSWERS))
                    .toList();
            for (int from = 0; from < keys.size(); from += BATCH) {
                addSizes(keys.subList(from, Math.min(keys.size(), from + BATCH)), entries);
            }
        } catch (JedisException down) {
            throw unavailable(down);
        }
        return entries;
    }

    /** An entry that has gone meanwhile has no size. */
    private void addSizes(List<String> keys, Map<String, Stored> entries) {
        List<Long> sizes = texts.connection().repeatable(redis -> {
            try (AbstractPipeline pipeline = redis.pipelined()) {
                List<Response<Long>> asked = new ArrayList<>();
                keys.forEach(key -> asked.add(pipeline.strlen(key.getBytes(StandardCharsets.UTF_8))));
                pipeline.sync();
                return asked.stream().map(FactoryLayout::size).toList();
            }
        });
        for (int i = 0; i < keys.size(); i++) {
            if (sizes.get(i) > 0) {
                entries.put(keys.get(i), new Stored(sizes.get(i), FactoryKeys.tags(keys.get(i))));
            }
        }
    }

    /** One that has become something else meanwhile is no entry. */
    private static long size(Response<Long> answer) {
        try {
            return answer.get();
        } catch (JedisDataException e) {
            if (LegacyConnection.isRefusal(e)) {
                return 0;
            }
            throw e;
        }
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
        return texts.health();
    }

    @Override
    public void close() {
        texts.close();
    }
}
