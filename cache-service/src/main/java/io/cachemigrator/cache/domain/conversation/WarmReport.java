package io.cachemigrator.cache.domain.conversation;

/**
 * What warming wrote; only entries that were really stored are counted.
 *
 * @param knowledge knowledge entries
 * @param config agent configurations
 * @param responses common responses
 * @param failed entries that could not be stored
 */
public record WarmReport(int knowledge, int config, int responses, int failed) {

    /** Entries stored. */
    public int total() {
        return knowledge + config + responses;
    }
}
