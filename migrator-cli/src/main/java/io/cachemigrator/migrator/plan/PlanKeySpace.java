package io.cachemigrator.migrator.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What the plan says of one key space.
 *
 * @param name key space's name
 * @param family family that it belongs to
 * @param strategy {@code copy}, {@code transform}, {@code recompute} or {@code drop}
 * @param keys keys counted
 * @param bytes their estimated size with keys, as the server counts it
 * @param expiring how many of the sampled keys expire
 * @param lastDeadline latest deadline seen, in milliseconds since the epoch; -1 = some key does not expire
 * @param sampleMappings a few keys, old and new
 * @param note what the map says of it; may be empty
 */
public record PlanKeySpace(
        String name,
        String family,
        String strategy,
        long keys,
        long bytes,
        long expiring,
        long lastDeadline,
        List<Mapping> sampleMappings,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String note) {

    /** A plan of an earlier release has no notes. */
    public PlanKeySpace {
        note = note == null ? "" : note;
    }

    /**
     * A key and what becomes of it.
     *
     * @param from legacy key
     * @param to consolidated key; empty when the entry will not be written
     * @param note what happens to the value
     */
    public record Mapping(String from, String to, String note) {}
}
