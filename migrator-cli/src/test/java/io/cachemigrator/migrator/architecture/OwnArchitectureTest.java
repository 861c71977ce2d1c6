package io.cachemigrator.migrator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may depend on whom. */
class OwnArchitectureTest {
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "cache-service", List.of(),
            "migration-map", List.of(),
            "compat-shim", List.of("cache-service", "migration-map"),
            // names legacy and new types as text only
            "rewrite-recipes", List.of("migration-map"),
            // outlives the shim
            "validation-suite", List.of("cache-service", "migration-map"),
            "migrator-cli",
                    List.of("cache-service", "migration-map", "compat-shim", "rewrite-recipes", "validation-suite"));

    static Stream<Arguments> modules() {
        return OwnClasses.MODULES.entrySet().stream().map(module -> Arguments.of(module.getKey(), module.getValue()));
    }

    private static String[] patterns(String... packages) {
        return Stream.of(packages).map(name -> "io.cachemigrator." + name).toArray(String[]::new);
    }

    @Test
    void modules_areAllLookedAt() {
        assertThat(MAY_USE.keySet()).isEqualTo(OwnClasses.MODULES.keySet());
        assertThat(OwnClasses.main().all().size()).isGreaterThan(500);
        assertThat(OwnClasses.test().all().size()).isGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_dependsOnlyOnItsModules(String module, String root) {
        JavaClasses classes = OwnClasses.main().of(module);
        List<String> allowed = new ArrayList<>(List.of(root + ".."));
        MAY_USE.get(module).forEach(used -> allowed.add(OwnClasses.MODULES.get(used) + ".."));

        assertThat(classes.that(resideOutsideOfPackages(root + "..")).stream())
                .as("classes of %s outside %s", module, root)
                .isEmpty();
        if (!classes.isEmpty()) {
            noClasses()
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.cachemigrator..")
                            .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
                    .check(classes);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_hasNoPackageCycles(String module, String root) {
        JavaClasses classes = OwnClasses.main().of(module);
        if (!classes.isEmpty()) {
            slices().matching("io.cachemigrator.(**)").should().beFreeOfCycles().check(classes);
        }
    }

    @Test
    void engine_knowsNoSpring() {
        OwnClasses.main()
                .check(
                        resideInAPackage("io.cachemigrator.migrator..")
                                .and(resideOutsideOfPackages(patterns("migrator.command.."))),
                        150,
                        neverUse("org.springframework.."));
    }

    @Test
    void tiers_knowNoDomainCache() {
        OwnClasses.main()
                .check(
                        resideInAPackage("io.cachemigrator.cache.tier.."),
                        40,
                        neverUse("io.cachemigrator.cache.domain.."));
    }

    @Test
    void domainCaches_useOnlyThePublicApi() {
        DescribedPredicate<JavaClass> api =
                resideInAnyPackage(patterns("cache", "cache.config", "cache.codec", "cache.error", "cache.domain.."));
        OwnClasses.main()
                .check(
                        resideInAPackage("io.cachemigrator.cache.domain.."),
                        30,
                        noClasses()
                                .should()
                                .dependOnClassesThat(
                                        resideInAPackage("io.cachemigrator..").and(not(api))));
    }

    @Test
    void jedis_isUsedOnlyWhereRedisIsSpokenTo() {
        onlyIn(
                OwnClasses.main(),
                "redis.clients..",
                300,
                "cache.tier.redis", // the tier
                "compat.services", // reads and writes the legacy layout
                "compat.factory", // the same
                "compat.store", // the way to a legacy layout
                "compat.stage", // reads the key that holds the stage
                "migrator.data", // reads the legacy layout, and writes copies in bulk
                "migrator.demo"); // plays the legacy application
        onlyIn(
                OwnClasses.test(),
                "redis.clients..",
                50,
                "cache.contract", // looks behind the tier's back
                "cache.domain.keyed", // looks at the keys that a domain cache writes
                "cache.maintenance", // damages what the server holds
                "cache.text", // the peer that commands are compared with
                "cache.tier.redis", // the tier's own tests
                "validation.contract", // makes entries older
                "compat.services", // looks at the legacy layout
                "compat.factory", // the same
                "compat.testkit", // the server of the tests
                "migrator.data", // puts in the place of a copy what it must not replace
                "migrator.testkit", // plays the legacy application
                "migrator.command", // looks at both layouts before and after a command
                "migrator.data", // damages what the server holds
                "migrator.bench"); // the bare loop beside the copy
    }

    @Test
    void rule_onClassesThatBreakIt_fails() {
        assertThatThrownBy(() -> OwnClasses.main()
                        .check(resideInAPackage("io.cachemigrator.cache.tier.redis"), 5, neverUse("redis.clients..")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cache.tier.redis.");
        assertThatThrownBy(() ->
                        OwnClasses.main().check(resideInAPackage("no.such.package"), 1, neverUse("redis.clients..")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void caffeine_isUsedOnlyInTheMemoryTier() {
        onlyIn(OwnClasses.main(), "com.github.benmanes..", 300, "cache.tier.memory");
        onlyIn(
                OwnClasses.test(),
                "com.github.benmanes..",
                50,
                "cache.tier.memory"); // the peer that eviction is compared with
    }

    @Test
    void jdbc_isUsedOnlyInTheJournalTheDiskTierAndLegacyFiles() {
        onlyIn(
                OwnClasses.main(),
                "java.sql..",
                300,
                "cache.tier.disk",
                "compat.stage", // follows the stage in the journal, which is the toolkit's module and not the shim's
                "migrator.journal",
                "migrator.legacy");
        onlyIn(OwnClasses.main(), "javax.sql..", 300);
        onlyIn(
                OwnClasses.test(),
                "java.sql..",
                50,
                "cache.contract", // damages the file
                "cache.tier.disk", // the tier's own tests
                "compat.stage", // makes the journal's tables, as the shim has no toolkit beside it
                "migrator.command", // kills a run between two statements
                "migrator.testkit", // writes a folder as Python's diskcache does
                "migrator.journal"); // looks at rows that no method of the journal gives
    }

    private static void onlyIn(OwnClasses classes, String library, int least, String... packages) {
        DescribedPredicate<JavaClass> elsewhere = resideOutsideOfPackages(patterns(packages));
        classes.check(elsewhere, least, neverUse(library));
        // an exception that nobody needs any more must go
        for (String allowed : patterns(packages)) {
            boolean isUsed = classes.all().that(resideInAPackage(allowed)).stream()
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .anyMatch(dependency -> resideInAPackage(library).test(dependency.getTargetClass()));
            assertThat(isUsed).as("%s uses %s", allowed, library).isTrue();
        }
    }

    private static ArchRule neverUse(String library) {
        return noClasses().should().dependOnClassesThat(resideInAPackage(library));
    }
}
