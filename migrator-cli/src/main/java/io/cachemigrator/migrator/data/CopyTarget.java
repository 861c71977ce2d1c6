package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.migrator.backup.ContentStore;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where copies are written. Not thread safe: one for each thread. */
interface CopyTarget extends AutoCloseable {

    /** The target's clock in milliseconds since the epoch. */
    long nowMillis();

    /**
     * Writes entries that lose to anything as new, deletions included, reads each back and compares. What is older is replaced
     * when it differs: an earlier copy, and where the legacy layout counts also what the application wrote.
     *
     * @param terms when the entries were read, and what counts
     * @param replaced told of everything that is not this run's before it is replaced
     * @return a state for each entry, in order
     */
    List<WriteState> write(List<CopyEntry> entries, WriteTerms terms, Consumer<Replaced> replaced);

    /** Writes an entry that is too large for memory, as {@link #write} does with others. */
    WriteState writeLarge(LargeCopy copy, Consumer<Replaced> replaced) throws IOException;

    /**
     * Reads what is stored; one element for each place, in order; null = nothing live. What would take too much memory, alone or
     * with the others, comes as its {@linkplain LargeHead head}.
     */
    List<@Nullable Envelope> read(List<Place> places);

    /** What is stored in some places, without the payloads; null where that saves nothing, as nothing is sent anyhow. */
    default @Nullable BucketDigest digest(List<Place> places) {
        return null;
    }

    /**
     * Visits the places that hold anything, in pages, some perhaps again; without reading what is there where that can be.
     *
     * @param visitor told of each page
     */
    default void scanPlaces(Consumer<List<Place>> visitor) {
        scanCopies(page -> visitor.accept(page.stream().map(Copy::place).toList()));
    }

    /** Length and checksums of the stored payload of a place of which {@link #read} gave the head; null = it has changed since. */
    @Nullable
    LargeDigest digest(Place place, Envelope head) throws IOException;

    /**
     * Visits the places that hold copies, in pages.
     *
     * @param visitor told of each page
     */
    void scanCopies(Consumer<List<Copy>> visitor);

    /**
     * Removes entries if they still are what a copy wrote.
     *
     * @return for each place whether it was removed
     */
    List<Boolean> removeCopies(List<Copy> copies);

    /** Puts an entry back that a copy had replaced. */
    void restore(Place place, Envelope envelope);

    /** Puts an entry back that is too large for memory. */
    void restoreLarge(Place place, Envelope head, RedisLarge.Content payload) throws IOException;

    /** Why the target is to be spared for now; empty when there is no reason. */
    default String strain() {
        return "";
    }

    @Override
    void close();

    /**
     * A place in the target.
     *
     * @param region region's name
     * @param id id in it
     */
    record Place(String region, String id) {

        /** For people. */
        public String display() {
            return region + ":" + id;
        }
    }

    /**
     * An entry at a place.
     *
     * @param place where
     * @param envelope what is stored; may also be the application's own
     */
    record Copy(Place place, Envelope envelope) {}

    /**
     * An entry of an earlier run or of the application that is about to be replaced.
     *
     * @param place where
     * @param envelope what is stored
     * @param content all of it, where the envelope is only a {@linkplain LargeHead head}
     */
    record Replaced(Place place, Envelope envelope, ContentStore.@Nullable Content content) {
        Replaced(Place place, Envelope envelope) {
            this(place, envelope, null);
        }
    }
}
