package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.LoadFence;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.TimedWrite;
import java.util.List;
import java.util.Map;

/** What is done with entries on the server side, on one server or on several. */
interface RedisEntries extends AutoCloseable {

    /** What an invalidation goes by. */
    enum Kind {
        /** Tags of entries. */
        TAG("tag"),
        /** Prefixes of ids. */
        PREFIX("prefix");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As scripts know it. */
        String word() {
            return word;
        }
    }

    Map<String, byte[]> getAll(RegionConfig region, List<String> ids) throws TierUnavailableException;

    PutResult put(RegionConfig region, List<EntryWrite> entries, PutCondition condition)
            throws TierUnavailableException;

    /** For each whether it was made. */
    List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) throws TierUnavailableException;

    /** The time from which on changes are newer than a load that begins now. */
    long fence(RegionConfig region, String id) throws TierUnavailableException;

    /** Stores what a load gave, unless the entry was changed since it began. */
    PutResult putLoaded(RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence)
            throws TierUnavailableException;

    /** The number of live entries removed. */
    long delete(RegionConfig region, List<String> ids) throws TierUnavailableException;

    boolean exists(RegionConfig region, String id) throws TierUnavailableException;

    boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException;

    Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException;

    /**
     * Records an invalidation.
     *
     * @param scope a region's name; empty = every region
     * @param atMicros the time meant; 0 = now
     * @return the time recorded, then for each tag the time that its record held before
     */
    List<Long> invalidate(String scope, Kind kind, List<String> names, long atMicros) throws TierUnavailableException;

    /**
     * After an invalidation, for some ids of a tag's index: removes the entries that it hit, and index members that no longer
     * say anything.
     *
     * @param at the time of the invalidation
     * @param earlier the times of the records of all tags invalidated with this one, before it
     * @return how many live entries were hit
     */
    long sweep(RegionConfig region, String tag, List<byte[]> ids, long at, Map<String, Long> earlier)
            throws TierUnavailableException;

    /** Removes keys of a region that is being cleared; how many there were. */
    long remove(RegionConfig region, List<byte[]> names) throws TierUnavailableException;

    /** Makes writes that were held back, each only where nothing newer is there. */
    void replay(RegionConfig region, List<HeldWrite> writes) throws TierUnavailableException;

    @Override
    default void close() {}
}
