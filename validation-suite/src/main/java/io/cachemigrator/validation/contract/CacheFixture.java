package io.cachemigrator.validation.contract;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import java.time.Duration;

/**
 * What a {@link CacheContract} needs to know of the cache under test: how it is configured and opened, how time passes
 * for it, and what it can do. Every test gets a fixture of its own, with empty stores, and closes it.
 */
public interface CacheFixture extends AutoCloseable {

    /**
     * A new configuration with the stores and the default tiers under test; called several times in one test, and each
     * time for the same stores. The contract adds regions of its own to it.
     */
    CacheConfigBuilder configuration();

    /**
     * Opens a service. Override it to test what your application wraps around the service.
     *
     * @param config what {@link #configuration()} gave, with the contract's regions
     */
    default CacheService open(CacheConfig config) {
        return CacheService.open(config);
    }

    /**
     * Lets time pass for every open service and for what is stored. Spans go up to weeks, so do not wait: give the
     * configuration a {@link MovableClock} and move it. Where the store keeps its own time, as Redis does, also move what
     * is stored: the deadlines in the envelopes and the expiry of the keys.
     */
    void pass(Duration span);

    /** Name of the tier that holds the truth: {@code memory}, {@code disk} or {@code redis}. */
    String authority();

    /** Whether a second service with the same configuration sees the same entries; false for a store of one process. */
    default boolean isShared() {
        return true;
    }

    /** Releases what the fixture started; the services are closed already. */
    @Override
    default void close() {}
}
