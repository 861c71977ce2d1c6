package io.cachemigrator.cache.tier.memory;

import org.jspecify.annotations.Nullable;

/** The entries of one region that are in the memory of this process, as reads see them. */
public interface MemoryEntries {

    /**
     * An entry that may be served as it is: it was found to be {@linkplain #keepFresh fresh} in this epoch. Reads no clock,
     * locks nothing and makes no object; nor does it count as a {@linkplain #use use}. Null says nothing but: {@link #find} it.
     */
    @Nullable
    HeldEntry fresh(String id);

    /** Notes that an entry is used: where there is no more room, what is used seldom makes it. */
    void use(String id);

    /** Whether anything had to make room in the last seconds, so that it matters what is used. */
    boolean isMakingRoom();

    /**
     * What is kept under an id and was not invalidated, live or past its deadline; null when there is none. It counts as a
     * {@linkplain #use use}.
     */
    @Nullable
    HeldEntry find(String id);

    /** How long ago an entry was put here. */
    long ageNanos(HeldEntry entry);

    /** Whether time passes by itself; with a clock that is moved by hand, nothing was heard of what it skipped. */
    boolean clockRuns();

    /** The present epoch; it ends with every invalidation, with the service, and after less than a second. */
    long epoch();

    /**
     * Lets {@link #fresh} serve an entry in an epoch.
     *
     * @param epoch the present one, read before the entry was looked for
     * @param spanNanos for how long, as is known, the entry is to be served unless it is invalidated or replaced
     */
    void keepFresh(HeldEntry entry, long epoch, long spanNanos);
}
