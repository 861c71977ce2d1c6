package io.cachemigrator.compat.services;

/**
 * What {@link ResponsePrecomputationService#initializeHotCache()} stored: entries that are really there.
 *
 * @param pricing answers about prices
 * @param objections answers to objections
 * @param information answers to questions for information
 * @param roi answers about the return on the investment
 * @param failed answers that could not be stored
 * @deprecated store the application's own answers, {@link
 *     io.cachemigrator.cache.domain.response.PrecomputedResponses#putForPattern}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record HotCacheReport(int pricing, int objections, int information, int roi, int failed) {

    /**
     * All that were stored.
     *
     * @deprecated add up what the application stored
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int total() {
        return pricing + objections + information + roi;
    }
}
