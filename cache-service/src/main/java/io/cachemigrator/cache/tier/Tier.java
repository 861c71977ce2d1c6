package io.cachemigrator.cache.tier;

import io.cachemigrator.cache.config.RegionConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One storage level that keeps envelopes by region and id. Thread safe.
 *
 * <p>An entry is <em>live</em> when it is there, is no tombstone, has not passed its deadline and was not invalidated by tag
 * or prefix since it was created. Conditions, deletions and counters look at live entries only. Bytes that are no envelope
 * count as a live entry, so that what another program left is not overwritten by a condition.
 *
 * <p>A tier stamps {@code created} and the deadline itself, with its own clock, so that all processes on one store agree.
 */
public interface Tier extends AutoCloseable {

    /** {@code memory}, {@code disk} or {@code redis}. */
    String name();

    /** The clock that this tier's deadlines are measured with, in milliseconds since the epoch; never asks a store. */
    long nowMillis();

    /**
     * The envelopes under several ids, in one round trip. Neither tombstones nor invalidated entries are among them; those
     * past their deadline are, as long as the region's stale allowance keeps them.
     *
     * @return envelopes by id, as stored; ids without one are missing
     */
    Map<String, byte[]> getAll(RegionConfig region, Collection<String> ids) throws TierUnavailableException;

    /** Stores entries, all or none. */
    PutResult put(RegionConfig region, List<EntryWrite> entries, PutCondition condition)
            throws TierUnavailableException;

    /**
     * Makes changes that were made elsewhere, each only where nothing is that was created at the same time or later, a
     * tombstone included. Bytes that are no envelope stay.
     *
     * @return for each, in order, whether it was made
     */
    List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) throws TierUnavailableException;

    /**
     * Removes entries.
     *
     * @return how many live entries were removed
     */
    long delete(RegionConfig region, Collection<String> ids) throws TierUnavailableException;

    /** Whether a live entry is there. */
    boolean exists(RegionConfig region, String id) throws TierUnavailableException;

    /**
     * Moves the deadline of a live entry, which then counts as written by the application.
     *
     * @param ttlMillis positive, from now; or {@link EntryWrite#NO_EXPIRY}
     * @return whether there was a live entry
     */
    boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException;

    /** Adds to a counter; a missing one counts as zero and is created without expiry. */
    Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException;

    /** Removes every entry whose id starts with a prefix, which may be empty, in steps. */
    Cleared clear(RegionConfig region, String prefix);

    /**
     * Makes entries created up to now invisible that carry one of the tags.
     *
     * @param region null = of every region
     */
    Invalidated invalidateTags(@Nullable RegionConfig region, Collection<String> tags) throws TierUnavailableException;

    /** Makes entries created up to now invisible whose id starts with a prefix. */
    Invalidated invalidatePrefix(RegionConfig region, String prefix) throws TierUnavailableException;

    /**
     * Takes the right to load an id, or keeps it for longer. A tier of this process only always grants it.
     *
     * @param owner who asks; the same owner may ask again
     * @param millis positive: after it the right is lost, as when its owner has died
     * @return whether {@code owner} has it
     */
    default boolean lease(RegionConfig region, String id, String owner, long millis) throws TierUnavailableException {
        return true;
    }

    /** Gives up the right to load an id; does nothing when {@code owner} no longer has it. */
    default void release(RegionConfig region, String id, String owner) throws TierUnavailableException {}

    /**
     * Asked before a load begins, for {@link #putLoaded}; null = this tier cannot tell by itself what changed since.
     *
     * @param seenMicros as {@link LoadFence} has it
     */
    default @Nullable LoadFence fence(RegionConfig region, String id, long seenMicros) throws TierUnavailableException {
        return null;
    }

    /** Stores what a load gave, under a condition, and unless the entry was changed by anybody since the load began. */
    default PutResult putLoaded(RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence)
            throws TierUnavailableException {
        return put(region, List.of(entry), condition);
    }

    /**
     * Some of a region's entries, in an order of the tier's own. Entries that stay throughout are found at least once; those
     * that come or go may be.
     *
     * @param from null for the first page, then {@link TierPage#next()}
     * @param limit about how many
     */
    TierPage scan(RegionConfig region, @Nullable String from, int limit) throws TierUnavailableException;

    /** Names of the regions that entries are kept of; reads all of the key space where no index tells. */
    default Set<String> regions() throws TierUnavailableException {
        return Set.of();
    }

    /**
     * Tells a listener of the changes that other processes make, from now on. A tier of this process only has none to tell.
     */
    default void listen(ChangeListener listener) {}

    /**
     * The {@link System#nanoTime()} up to which every change by other processes has been told to the listener; null when this
     * tier cannot tell of changes.
     */
    default @Nullable Long heardUntilNanos() {
        return null;
    }

    /** How this tier fares; asks the store, and does not throw. */
    TierReport health();

    /** What this tier holds of a region, as far as it is known without a scan. */
    Occupancy occupancy(RegionConfig region);

    /** Writes what is pending and releases what is held. */
    @Override
    void close();
}
