package io.cachemigrator.migrator.traceability;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/families/services-cases.md}, and fails when it was stale. */
class ServicesCasesTest {
    @Test
    void servicesCases_page_isUpToDate() throws IOException {
        new FamilyCases("services", "Cases of the services family").check(156);
    }
}
