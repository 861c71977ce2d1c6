package io.cachemigrator.cache.tier.memory;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Copies of one region's entries in front of its authoritative tier.
 *
 * <p>A copy taken from the authoritative tier must not hide a write that came in between. So whoever is about to ask or
 * change that tier first takes a {@link #ticket}, and hands it in with the outcome: an older outcome is not kept.
 */
public interface NearCopies extends MemoryEntries {

    /** The state of an id before the authoritative tier is asked. */
    long ticket(String id);

    /** Keeps what the authoritative tier has answered, unless the id was changed since the ticket was taken. */
    void keep(String id, byte[] envelope, long ticket);

    /**
     * Takes over a change that the authoritative tier has made. When another change of the id ran beside it, their order is
     * not known, and no copy is kept.
     *
     * @param envelope what was stored; null = no copy is to be kept
     */
    void change(String id, byte @Nullable [] envelope, long ticket);

    /** Drops the copy of an id that another process has changed; what is being read meanwhile is not kept. */
    void drop(String id);

    /** Hides copies created up to a time of the authoritative tier that carry one of the tags. */
    void invalidateTags(Collection<String> tags, long atMicros);

    /** Hides copies created up to a time of the authoritative tier whose id starts with a prefix. */
    void invalidatePrefix(String prefix, long atMicros);

    /** Drops every copy. */
    void dropAll();
}
