package io.cachemigrator.cache.contract;

import io.cachemigrator.cache.config.TierPolicy;
import org.junit.jupiter.api.Tag;

@Tag("SVC-3")
class MemoryDiskContractTest extends DiskContractTest {
    @Override
    TierPolicy policy() {
        return TierPolicy.MEMORY_DISK;
    }
}
