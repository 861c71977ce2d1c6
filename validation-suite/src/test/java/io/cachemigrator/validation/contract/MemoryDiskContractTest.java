package io.cachemigrator.validation.contract;

import io.cachemigrator.cache.config.TierPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("SVC-3")
@Tag("VAL-1")
class MemoryDiskContractTest extends CacheContract {
    @TempDir
    private Path folder;

    @Override
    protected CacheFixture openFixture() {
        return TierFixture.disk(TierPolicy.MEMORY_DISK, folder);
    }
}
