package io.cachemigrator.validation.example;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.validation.contract.CacheContract;
import io.cachemigrator.validation.contract.CacheFixture;
import io.cachemigrator.validation.contract.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@link CacheContract}, in a package of its own as users have it. */
@Tag("VAL-1")
class OurCacheContractTest extends CacheContract {
    @TempDir
    Path folder;

    @Override
    protected CacheFixture openFixture() {
        MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
        return new CacheFixture() {
            @Override
            public CacheConfigBuilder configuration() {
                return CacheConfig.builder()
                        .diskFolder(folder)
                        .defaults(RegionConfig.builder("default")
                                .tiers(TierPolicy.MEMORY_DISK)
                                .build())
                        .clock(clock);
            }

            @Override
            public void pass(Duration span) {
                clock.advance(span);
            }

            @Override
            public String authority() {
                return "disk";
            }
        };
    }
}
