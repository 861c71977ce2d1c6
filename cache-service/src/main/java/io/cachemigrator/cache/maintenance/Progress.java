package io.cachemigrator.cache.maintenance;

/** Is told how far an operation is. Called often, by one thread at a time. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (region, done) -> {};

    /**
     * So far.
     *
     * @param region region at work
     * @param done entries done in all regions
     */
    void at(String region, long done);
}
