package io.cachemigrator.cache.maintenance;

/**
 * Is told how far an operation is. Called often, by one thread at a time. An exception that it throws ends the operation
 * there, and reaches the operation's caller: what was done stays done, nothing is half done, and the operation may be called
 * again to go on.
 */
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
