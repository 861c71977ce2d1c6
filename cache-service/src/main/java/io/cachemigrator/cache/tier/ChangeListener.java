package io.cachemigrator.cache.tier;

import java.util.Collection;

/** Is told what other processes have changed in a tier. Called by one thread at a time; returns soon and does not throw. */
public interface ChangeListener {

    /** Entries were written or removed. */
    void changed(String region, Collection<String> ids);

    /**
     * Entries created up to a time were invalidated that carry one of the tags.
     *
     * @param region a region, or {@link io.cachemigrator.cache.invalidation.InvalidationTable#EVERY_REGION}
     */
    void tagsInvalidated(String region, Collection<String> tags, long atMicros);

    /** Entries created up to a time were invalidated whose id starts with a prefix. */
    void prefixInvalidated(String region, String prefix, long atMicros);

    /** A region was cleared. */
    void cleared(String region);

    /** Changes were missed and nobody knows which: no copy can be trusted any more. */
    void missed();
}
