package io.cachemigrator.cache.contract;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("SVC-3")
class DiskContractTest extends CacheContract {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05.678901Z"));

    @TempDir
    private Path folder;

    private CacheService another;

    TierPolicy policy() {
        return TierPolicy.DISK;
    }

    @Override
    protected CacheConfig.Builder configuration() {
        return CacheConfig.builder()
                .diskFolder(folder.resolve("a folder?x=1"))
                .defaults(RegionConfig.builder("default").tiers(policy()).build())
                .clock(clock);
    }

    @Override
    protected void pass(Duration span) {
        clock.advance(span);
    }

    @Override
    protected String authority() {
        return "disk";
    }

    @Override
    protected CacheService another() {
        another = CacheService.open(withRegions(configuration()).build());
        return another;
    }

    @AfterEach
    void closeAnother() {
        if (another != null) {
            another.close();
        }
    }
}
