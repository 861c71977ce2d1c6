package io.cachemigrator.validation.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.validation.architecture.LegacyUsageRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The example of {@link LegacyUsageRules}, run by ArchUnit's own engine as users run it. */
@Tag("ARC-1")
class ArchUnitExampleTest {
    @TempDir
    private Path folder;

    @AnalyzeClasses(packages = "io.cachemigrator.validation.example")
    static final class LegacyUsage {
        @ArchTest
        static final ArchRule NO_NEW_LEGACY_USAGE = LegacyUsageRules.noNewLegacyUsage();
    }

    /** Uses a legacy type, which the rule is to find. */
    static final class Desk {
        boolean forget(RedisCacheService cache) {
            return cache.delete("k");
        }
    }

    @AfterEach
    void resetConfiguration() {
        ArchConfiguration.get().reset();
    }

    private static Events run() {
        return EngineTestKit.engine("archunit")
                .selectors(selectClass(LegacyUsage.class))
                .execute()
                .testEvents();
    }

    @Test
    void rule_underArchUnitsEngine_freezesFirstAndFailsForWhatIsNew() throws Exception {
        ArchConfiguration.get().setProperty("freeze.store.default.path", folder.toString());
        ArchConfiguration.get().setProperty("freeze.store.default.allowStoreCreation", "true");

        run().assertStatistics(statistics -> statistics.started(1).succeeded(1));
        Path store = folder.resolve("noNewLegacyUsage");
        assertThat(store).content().contains("ArchUnitExampleTest$Desk.forget(");
        List<String> known = Files.readAllLines(store).stream()
                .filter(line -> !line.contains("calls method"))
                .toList();
        Files.write(store, known);

        run().assertStatistics(statistics -> statistics.started(1).failed(1));
    }
}
