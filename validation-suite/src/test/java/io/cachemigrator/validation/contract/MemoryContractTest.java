package io.cachemigrator.validation.contract;

import org.junit.jupiter.api.Tag;

@Tag("SVC-3")
@Tag("VAL-1")
class MemoryContractTest extends CacheContract {
    @Override
    protected CacheFixture openFixture() {
        return TierFixture.memory();
    }
}
