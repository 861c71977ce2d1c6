package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link KeyedCache} keeps its entries. Results say what happened; nothing throws because a store is
 * unreachable. Implementations are thread safe.
 */
public interface KeyedStore extends AutoCloseable {

    /** Over the regions of a service, which is closed with the store. */
    static TaggedStore over(CacheService service, KeyRoutes routes) {
        return new RegionStore(service, routes, true);
    }

    /** Looks an entry up and reads its value as {@code type}. */
    <T> Lookup<T> lookup(String key, Class<T> type);

    /** Looks several entries up, in as few round trips as the store allows; a lookup for every distinct key. */
    <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type);

    /**
     * Stores a value; null is stored as a null.
     *
     * @throws io.cachemigrator.cache.error.ValidationException if the value cannot be encoded
     */
    WriteOutcome put(String key, @Nullable Object value, WriteOptions options);

    /**
     * Stores several values with the same options; {@link WriteOutcome#STORED} only if every one was stored.
     *
     * @throws io.cachemigrator.cache.error.ValidationException if one value cannot be encoded; nothing is stored then
     */
    WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options);

    /** Removes an entry; {@link WriteOutcome#CONDITION_NOT_MET} when there was none. */
    WriteOutcome delete(String key);

    /** {@link WriteOutcome#STORED} when a live entry exists, without reading its value. */
    WriteOutcome exists(String key);

    /** Gives a live entry a new time to live; zero or negative removes it. */
    WriteOutcome expire(String key, Duration ttl);

    /** Adds to an integer in one atomic step; creates it without expiry, keeps an existing deadline. */
    CounterResult increment(String key, long delta);

    /** Removes every entry that this store could have written, and nothing else. */
    ClearOutcome clear();

    /**
     * What is under several keys, as JSON text, to be handed over to another store; not counted as look-ups. A state for every
     * distinct key.
     */
    Map<String, EntryState<byte[]>> states(Collection<String> keys);

    /**
     * Takes over what another store holds under several keys, as JSON text, each unless something as new is here.
     *
     * @return for each key {@link WriteOutcome#CONDITION_NOT_MET} when something as new is here and stays
     * @throws IllegalArgumentException if a state is {@link EntryState.Unknown}
     */
    Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states);

    /** Health of what is underneath; asks the stores. */
    CacheHealth health();

    /** Releases what this store owns. */
    @Override
    void close();
}
