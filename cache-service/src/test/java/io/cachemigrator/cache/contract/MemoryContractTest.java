package io.cachemigrator.cache.contract;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;

@Tag("SVC-3")
class MemoryContractTest extends CacheContract {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05.678901Z"));

    @Override
    protected CacheConfig.Builder configuration() {
        RegionConfig defaults =
                RegionConfig.builder("default").tiers(TierPolicy.MEMORY).build();
        return CacheConfig.builder().defaults(defaults).clock(clock);
    }

    @Override
    protected void pass(Duration span) {
        clock.advance(span);
    }

    @Override
    protected String authority() {
        return "memory";
    }
}
