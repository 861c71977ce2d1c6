package io.cachemigrator.validation.consistency;

import io.cachemigrator.cache.envelope.Envelope;
import org.jspecify.annotations.Nullable;

/** Reads what the target has, as it is stored. */
@FunctionalInterface
public interface StoredEntries {
    /**
     * Reads one entry.
     *
     * @param region region's name
     * @param id id in it
     * @return null where there is none
     */
    @Nullable
    Envelope read(String region, String id);
}
