package io.cachemigrator.migrator.traceability;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/families/factory-cases.md}, and fails when it was stale. */
class FactoryCasesTest {
    @Test
    void factoryCases_page_isUpToDate() throws IOException {
        new FamilyCases("factory", "Cases of the factory family").check(96);
    }
}
