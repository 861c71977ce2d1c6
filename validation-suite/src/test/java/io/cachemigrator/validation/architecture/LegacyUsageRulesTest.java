package io.cachemigrator.validation.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("ARC-1")
class LegacyUsageRulesTest {
    private static final String OLD_DESK = """
            package desk;
            import io.cachemigrator.compat.services.RedisCacheService;
            class OldDesk {
                String find(RedisCacheService cache) {
                    return cache.get("k", String.class);
                }
            }
            """;
    private static final String NEW_DESK = """
            package desk;
            import io.cachemigrator.compat.services.RedisCacheService;
            class NewDesk {
                boolean forget(RedisCacheService cache) {

                    return cache.delete("k");
                }
            }
            """;
    private static final String CLEAN = """
            package desk;
            import io.cachemigrator.cache.domain.keyed.KeyedCache;
            class Clean {
                boolean forget(KeyedCache cache) {
                    return cache.delete("k");
                }
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void allowStores() {
        ArchConfiguration.get().setProperty("freeze.store.default.allowStoreCreation", "true");
    }

    @AfterEach
    void resetConfiguration() {
        ArchConfiguration.get().reset();
    }

    private Path store() {
        return folder.resolve("store");
    }

    private JavaClasses compiled(String... sources) {
        return new ClassFileImporter().importPath(SampleSources.compile(folder, sources));
    }

    /** A rule whose store holds nothing: it is frozen on clean classes. */
    private ArchRule strict(MigrationMap... maps) {
        ArchRule rule = LegacyUsageRules.noNewLegacyUsage(store(), maps);
        rule.check(compiled(CLEAN));
        return rule;
    }

    private List<String> stored() throws IOException {
        return Files.readAllLines(store().resolve("noNewLegacyUsage")).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Test
    void check_ofNewUse_namesClassMethodLineAndFix() {
        ArchRule rule = strict();

        assertThatThrownBy(() -> rule.check(compiled(NEW_DESK)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("desk.NewDesk.forget(")
                .hasMessageContaining("calls method <io.cachemigrator.compat.services.RedisCacheService.delete(")
                .hasMessageContaining("(NewDesk.java:6)")
                .hasMessageContaining(
                        "io.cachemigrator.compat.services.RedisCacheService -> io.cachemigrator.cache.domain.keyed.KeyedCache")
                .hasMessageContaining("Fix: call the replacement instead");
    }

    @Test
    void check_ofEveryWayToUseALegacyType_fails() {
        ArchRule rule = strict();
        List<String> uses = List.of(
                "io.cachemigrator.compat.services.NgxCacheManager field;",
                "Object make() { return new io.cachemigrator.compat.services.RedisCacheService(\"redis://localhost\"); }",
                "io.cachemigrator.compat.services.RedisCacheService[] many() { return null; }",
                "java.util.List<io.cachemigrator.compat.services.RedisCacheService> generic() { return null; }",
                "static class Own extends io.cachemigrator.compat.services.RedisCacheService {}",
                "boolean cast(Object o) { return o instanceof io.cachemigrator.compat.services.NgxCacheManager; }",
                "java.util.function.Consumer<String> reference(io.cachemigrator.compat.services.RedisCacheService c)"
                        + " { return c::delete; }");

        assertThat(uses)
                .allSatisfy(
                        use -> assertThatThrownBy(() -> rule.check(compiled("package desk; class Use { " + use + " }")))
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContaining("desk.Use"));
    }

    @Test
    void check_ofCallThroughSubclass_fails() {
        ArchRule rule = LegacyUsageRules.noNewLegacyUsage(store());
        String own = "package desk; class Own extends io.cachemigrator.compat.services.RedisCacheService {}";
        rule.check(compiled(own));

        assertThatThrownBy(() -> rule.check(
                        compiled(own, "package desk; class User { void use(Own own) { own.exists(\"k\"); } }")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("desk.User.use(")
                .hasMessageContaining("desk.Own");
    }

    @Test
    void check_ofFrozenUses_passesAndFailsForTheNewOneOnly() throws IOException {
        ArchRule rule = LegacyUsageRules.noNewLegacyUsage(store());
        rule.check(compiled(OLD_DESK, CLEAN));
        assertThat(stored()).isNotEmpty().allMatch(line -> line.contains("desk.OldDesk"));

        assertThatCode(() -> rule.check(compiled(OLD_DESK, CLEAN))).doesNotThrowAnyException();
        assertThatCode(() -> rule.check(compiled("\n\n" + OLD_DESK))).doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check(compiled(OLD_DESK, NEW_DESK)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("desk.NewDesk")
                .hasMessageNotContaining("desk.OldDesk");
    }

    @Test
    void check_afterUseWasRemoved_shrinksStoreForGood() throws IOException {
        ArchRule rule = LegacyUsageRules.noNewLegacyUsage(store());
        rule.check(compiled(OLD_DESK, NEW_DESK));
        int before = stored().size();

        rule.check(compiled(OLD_DESK));

        assertThat(stored()).hasSizeLessThan(before).allMatch(line -> line.contains("desk.OldDesk"));
        assertThatThrownBy(() -> rule.check(compiled(OLD_DESK, NEW_DESK))).hasMessageContaining("desk.NewDesk");
    }

    @Test
    void check_underAnotherDescription_keepsItsFrozenUsesAndAcceptsNoMore() throws IOException {
        LegacyUsageRules.noNewLegacyUsage(store()).check(compiled(OLD_DESK));
        List<String> frozen = stored();
        ArchRule renamed =
                LegacyUsageRules.noNewLegacyUsage(store()).as("something else").because("of reasons");

        assertThatCode(() -> renamed.check(compiled(OLD_DESK))).doesNotThrowAnyException();
        assertThatThrownBy(() -> renamed.check(compiled(OLD_DESK, NEW_DESK)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("desk.NewDesk");
        assertThat(stored()).isEqualTo(frozen);
        assertThat(Files.readString(store().resolve("stored.rules"))).contains("noNewLegacyUsage=noNewLegacyUsage");
    }

    @Test
    void check_ofNoClasses_fails() {
        ArchConfiguration.get().setProperty("archRule.failOnEmptyShould", "false");
        ArchRule rule = strict();
        JavaClasses none = new ClassFileImporter().importPackages("no.such.package");

        assertThatThrownBy(() -> rule.check(none))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
        assertThatThrownBy(() -> LegacyUsageRules.noNewLegacyUsage(folder.resolve("another"))
                        .check(none))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void check_withoutLeaveToCreateAStore_fails() {
        ArchConfiguration.get().setProperty("freeze.store.default.allowStoreCreation", "false");

        assertThatThrownBy(() -> LegacyUsageRules.noNewLegacyUsage(store()).check(compiled(OLD_DESK)))
                .hasMessageContaining("allowStoreCreation");
        assertThat(store()).doesNotExist();
    }

    @Test
    void check_withoutFolder_usesTheConfiguredStore() {
        Path configured = folder.resolve("configured");
        ArchConfiguration.get().setProperty("freeze.store.default.path", configured.toString());

        LegacyUsageRules.noNewLegacyUsage().check(compiled(OLD_DESK));

        assertThat(configured.resolve("noNewLegacyUsage")).isNotEmptyFile();
    }

    @Test
    void rule_ofMap_avoidsTheTypesOfTheMap() {
        MigrationMap services = MigrationMaps.builtIn("services").orElseThrow();
        LegacyApi api = services.apis().get(0);
        LegacyApi own = new LegacyApi(
                "desk.InHouseCache",
                api.usage(),
                api.replacement(),
                api.rewrite(),
                api.reason(),
                api.complexity(),
                api.effort(),
                null,
                List.of());
        MigrationMap inHouse =
                new MigrationMap("in-house", "Ours", List.of(), List.of(own), List.of(), List.of(), List.of());
        ArchRule rule = strict(inHouse);
        String cache =
                "package desk; class InHouseCache { void use(InHouseCache other) { other.use(this); } class Inner"
                        + " { InHouseCache outer; } }";

        assertThatCode(() -> rule.check(compiled(cache, NEW_DESK))).doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check(compiled(cache, "package desk; class User { InHouseCache cache; }")))
                .hasMessageContaining("desk.User.cache")
                .hasMessageContaining("desk.InHouseCache -> " + api.replacement());
        assertThat(store().resolve("noNewLegacyUsage-in-house")).exists();
    }

    @Test
    void rule_ofMapWithoutTypes_isRefused() {
        MigrationMap empty = new MigrationMap("none", "", List.of(), List.of(), List.of(), List.of(), List.of());

        assertThatThrownBy(() -> LegacyUsageRules.noNewLegacyUsage(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Give a map with 'apis'.");
    }
}
