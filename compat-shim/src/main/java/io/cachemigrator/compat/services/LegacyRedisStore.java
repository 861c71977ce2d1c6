package io.cachemigrator.compat.services;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.compat.store.LegacyConnection;
import io.cachemigrator.compat.store.LegacyNamespace;
import io.cachemigrator.compat.store.LegacyTexts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** The legacy layout: one Redis string for each entry, under {@code namespace:key}, JSON text or a bare counter. */
final class LegacyRedisStore implements KeyedStore {
    private final LegacyConnection connection;
    private final LegacyTexts texts;
    private final String prefix;
    private final LegacyTags tags;

    LegacyRedisStore(RedisConfig config, String namespace) {
        this.connection = new LegacyConnection(config);
        this.texts = new LegacyTexts(connection);
        this.prefix = namespace + ":";
        this.tags = new LegacyTags(connection, prefix);
    }

    LegacyTags tags() {
        return tags;
    }

    /**
     * Keys that start with a text, without the namespace.
     *
     * @throws JedisException if the server does not answer
     */
    List<String> keys(String start) {
        return LegacyNamespace.of(connection.client(), prefix + start).keys().stream()
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    /** The bytes under a key with their deadline, read together. */
    Lookup<byte[]> timed(String key) {
        return texts.timed(prefix + key);
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        return decoded(texts.get(prefix + key), type);
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        Map<String, Lookup<T>> found = new LinkedHashMap<>();
        texts.getAll(whole(keys)).forEach((key, text) -> found.put(own(key), decoded(text, type)));
        return found;
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        return putText(key, KeyedJson.write(value), options);
    }

    WriteOutcome putText(String key, byte[] text, WriteOptions options) {
        return texts.put(prefix + key, text, options);
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        Map<String, byte[]> written = new LinkedHashMap<>();
        values.forEach((key, value) -> written.put(prefix + key, KeyedJson.write(value)));
        return texts.putAll(written, options);
    }

    @Override
    public WriteOutcome delete(String key) {
        return texts.delete(prefix + key);
    }

    @Override
    public WriteOutcome exists(String key) {
        return texts.exists(prefix + key);
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        return texts.expire(prefix + key, ttl);
    }

    @Override
    public CounterResult increment(String key, long delta) {
        byte[] name = (prefix + key).getBytes(StandardCharsets.UTF_8);
        try {
            return new CounterResult.Counted(connection.once(redis -> redis.incrBy(name, delta)));
        } catch (JedisException e) {
            return LegacyConnection.isRefusal(e)
                    ? new CounterResult.Refused("not a 64-bit integer, or the sum would not be one")
                    : new CounterResult.Unavailable(LegacyConnection.reason(e));
        }
    }

    @Override
    public ClearOutcome clear() {
        return LegacyNamespace.of(connection.client(), prefix).clear();
    }

    @Override
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        Map<String, EntryState<byte[]>> states = new LinkedHashMap<>();
        texts.states(whole(keys)).forEach((key, state) -> states.put(own(key), state));
        return states;
    }

    /** Whatever is there is replaced: this layout has no place for the time of a state. */
    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        Map<String, EntryState<byte[]>> whole = new LinkedHashMap<>();
        states.forEach((key, state) -> whole.put(prefix + key, state));
        Map<String, WriteOutcome> outcomes = new LinkedHashMap<>();
        texts.applyAll(whole).forEach((key, outcome) -> outcomes.put(own(key), outcome));
        return outcomes;
    }

    /**
     * Takes over a state if the key still holds another one.
     *
     * @return whether it was taken over; not if the key has changed
     * @throws JedisException if the server does not answer
     */
    boolean replace(String key, EntryState<byte[]> expected, EntryState<byte[]> wanted) {
        return texts.replace(prefix + key, expected, wanted);
    }

    @Override
    public CacheHealth health() {
        return texts.health();
    }

    @Override
    public void close() {
        texts.close();
    }

    private static <T> Lookup<T> decoded(Lookup<byte[]> found, Class<T> type) {
        if (found instanceof Lookup.Present<byte[]> present && present.value() != null) {
            try {
                return new Lookup.Present<>(KeyedJson.read(present.value(), type), null);
            } catch (CodecException e) {
                return new Lookup.Undecodable<>(String.valueOf(e.getMessage()));
            }
        }
        if (found instanceof Lookup.Unavailable<byte[]> unavailable) {
            return new Lookup.Unavailable<>(unavailable.reason());
        }
        return found instanceof Lookup.Undecodable<byte[]> undecodable
                ? new Lookup.Undecodable<>(undecodable.kind(), undecodable.reason())
                : new Lookup.Absent<>();
    }

    private List<String> whole(Collection<String> keys) {
        return keys.stream().map(key -> prefix + key).toList();
    }

    private String own(String key) {
        return key.substring(prefix.length());
    }
}
