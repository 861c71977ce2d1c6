package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.error.InfrastructureException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store that can also find its entries by tag and by the start of their keys. Implementations are thread safe. */
public interface TaggedStore extends KeyedStore {

    /**
     * What is known of an entry without its value.
     *
     * @param bytes size as it is stored
     * @param tags its tags
     */
    record Stored(long bytes, List<String> tags) {
        /** Copies. */
        public Stored {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Removes the entries with a tag, of those whose keys start with {@code prefix}.
     *
     * @return how many it removed, as far as the store keeps an index of tags, and whether all of them are gone
     */
    ClearOutcome clearTag(String prefix, String tag);

    /**
     * Keys that the store's index has under a tag; some of them may be gone, or have lost the tag. Empty where the store
     * keeps no index that can be read.
     *
     * @throws InfrastructureException if the store cannot be reached
     */
    Set<String> keysOf(String tag);

    /**
     * The live entries whose keys start with a text, by key. Reads the key space in steps.
     *
     * @param prefix such as {@code http:}
     * @throws InfrastructureException if the store cannot be reached
     */
    Map<String, Stored> entries(String prefix);

    /** The time that this store's entries go by. */
    Clock clock();
}
