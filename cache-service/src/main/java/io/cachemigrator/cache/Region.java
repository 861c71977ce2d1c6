package io.cachemigrator.cache;

import io.cachemigrator.cache.config.RegionConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A named part of the cache, seen with one codec.
 *
 * <p>An id is any non-empty text of at most 4,096 UTF-8 bytes. Values are kept as bytes: what a caller does to an object
 * after {@code put} or {@code get} changes no entry. Thread safe.
 *
 * @param <V> type of the values that this view reads and writes
 */
public interface Region<V> {

    /** The name of this region. */
    String name();

    /** How this region is configured. */
    RegionConfig config();

    /**
     * The value of a present entry; null when it is absent, stale, unavailable, or a stored null. The shortest way to a value:
     * a hit in memory on a value that cannot be changed makes no object.
     */
    default @Nullable V get(String id) {
        return lookup(id).valueOrNull();
    }

    /** Looks an entry up; tells apart present (a stored null included), absent, stale and unavailable. */
    Lookup<V> lookup(String id);

    /** The value of a present entry; empty when it is absent, stale, unavailable or a stored null. */
    default Optional<V> find(String id) {
        return Optional.ofNullable(lookup(id).valueOrNull());
    }

    /**
     * Looks several entries up in one round trip for each tier asked.
     *
     * @return a lookup for every distinct id, in the order given; one value that cannot be decoded does not affect the others
     */
    Map<String, Lookup<V>> lookupAll(Collection<String> ids);

    /** The present, non-null values among {@code ids}. */
    Map<String, V> findAll(Collection<String> ids);

    /** Stores a value with the region's default time to live; null is stored as a null. */
    default WriteOutcome put(String id, @Nullable V value) {
        return put(id, value, WriteOptions.DEFAULTS);
    }

    /**
     * Stores a value.
     *
     * @throws io.cachemigrator.cache.error.ValidationException if the codec cannot encode the value
     */
    WriteOutcome put(String id, @Nullable V value, WriteOptions options);

    /**
     * Stores several values, all or none where one store holds them; nothing is stored when one value cannot be encoded.
     *
     * @return {@link WriteOutcome#STORED} only if every value was stored
     */
    WriteOutcome putAll(Map<String, ? extends @Nullable V> values, WriteOptions options);

    /** Removes an entry; {@link WriteOutcome#CONDITION_NOT_MET} when there was none. */
    WriteOutcome delete(String id);

    /** Removes several entries in one round trip. */
    BulkDeletion deleteAll(Collection<String> ids);

    /** Whether a live entry exists, a stored null included, without reading its value. False when unavailable. */
    boolean exists(String id);

    /**
     * Gives a live entry a new time to live counted from now, without rewriting its value.
     *
     * @param ttl zero or negative removes the entry
     * @return {@link WriteOutcome#STORED} if there was one
     */
    WriteOutcome expire(String id, Duration ttl);

    /** Makes a live entry stay until it is removed. */
    WriteOutcome persist(String id);

    /**
     * How long a live entry has left, by the clock of the authoritative tier, which is asked: positive, in whole milliseconds.
     * The value of a {@link Lookup.Present} is null when the entry stays until it is removed. Counts as no look-up and renews
     * nothing.
     */
    Lookup<Duration> timeToLive(String id);

    /**
     * Adds to the integer under {@code id} in one atomic step, exact over the whole 64-bit range. A missing entry counts
     * as zero and is created without expiry; an existing deadline is kept.
     *
     * @throws io.cachemigrator.cache.error.ValidationException (CM-610) in an encrypted region, unless that accepts plain entries
     */
    CounterResult increment(String id, long delta);

    /** As {@link #increment} with the amount negated. */
    default CounterResult decrement(String id, long delta) {
        return increment(id, Math.negateExact(delta));
    }

    /**
     * The value under {@code id}, or the one that {@code loader} returns, which is then stored. For one id, one load runs
     * at a time in this process, and in all processes that share the authoritative tier; the others wait for it. A null
     * result is returned and not stored. What is written or removed while a load runs stays so: the load's result is returned
     * to those who waited for it, and not stored.
     *
     * @throws IllegalStateException if a loader asks for the id that it is called for
     * @throws io.cachemigrator.cache.error.LoadTimeoutException if the hard timeout passed and there is no stale value
     */
    default @Nullable V getOrLoad(String id, Function<? super String, ? extends @Nullable V> loader) {
        return getOrLoad(id, loader, LoadOptions.DEFAULTS);
    }

    /** As {@link #getOrLoad(String, Function)}, with options for what is stored and what a failure gives. */
    @Nullable
    V getOrLoad(String id, Function<? super String, ? extends @Nullable V> loader, LoadOptions options);

    /**
     * An entry with everything kept beside its value, for people and tools; null when there is no live entry or none can be
     * read. Asks the authoritative tier, counts as no look-up and renews nothing.
     */
    @Nullable
    EntryDetails describe(String id);

    /**
     * Some of this region's live entries as the authoritative tier holds them, for people and tools. Entries that stay
     * throughout are found at least once; those that come or go in between may be.
     *
     * @param from null for the first page, then {@link RegionPage#next()}
     * @param limit about how many, 1 to 10,000
     * @throws io.cachemigrator.cache.error.InfrastructureException if the authoritative tier cannot be reached
     */
    RegionPage scan(@Nullable String from, int limit);

    /**
     * Stores an entry as it was: codec, payload, tags, metadata and deadline. It then counts as written now.
     *
     * @param entry of this region or of another
     * @param overwrite whether it takes the place of a live entry
     * @return {@link WriteOutcome#CONDITION_NOT_MET} when a live entry is there and stays, or the deadline has passed
     */
    WriteOutcome restore(EntryDetails entry, boolean overwrite);

    /**
     * What the authoritative tier holds under {@code id}, to be handed over to another store. Counts as no look-up and renews
     * nothing.
     */
    default EntryState<V> state(String id) {
        return states(List.of(id)).getOrDefault(id, new EntryState.Unknown<>("no answer"));
    }

    /** As {@link #state} for several ids in one round trip; a state for every distinct id, in the order given. */
    Map<String, EntryState<V>> states(Collection<String> ids);

    /**
     * Takes over what another store holds, unless something as new is here; a deletion keeps older states out for an hour.
     *
     * @return {@link WriteOutcome#CONDITION_NOT_MET} when something created at the same time or later is here and stays
     * @throws IllegalArgumentException if the state is {@link EntryState.Unknown}
     */
    default WriteOutcome apply(String id, EntryState<V> state) {
        return applyAll(Map.of(id, state)).getOrDefault(id, WriteOutcome.UNAVAILABLE);
    }

    /** As {@link #apply} for several ids in one round trip; an outcome for each. */
    Map<String, WriteOutcome> applyAll(Map<String, ? extends EntryState<V>> states);

    /** Invalidates the entries of this region that carry one of the tags; cost does not grow with their number. */
    InvalidationOutcome invalidateTags(Collection<String> tags);

    /** Invalidates the entries of this region whose id starts with {@code prefix}. */
    InvalidationOutcome invalidatePrefix(String prefix);

    /**
     * Removes every entry of this region and counts them; other regions are not touched. Reads the key space in steps,
     * so it takes time in proportion to the number of entries.
     */
    ClearOutcome clear();

    /** Removes every entry whose id starts with {@code prefix}; as {@link #clear()}. */
    ClearOutcome clear(String prefix);

    /** Counters of this region since the service was opened. */
    RegionStatistics statistics();

    /** This view with methods that return futures; work runs on the service's executor. */
    AsyncRegion<V> async();
}
