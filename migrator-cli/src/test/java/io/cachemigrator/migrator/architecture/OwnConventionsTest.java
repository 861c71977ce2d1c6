package io.cachemigrator.migrator.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Names, visibility, nullness, and what no code of ours does. */
class OwnConventionsTest {
    private static final DescribedPredicate<JavaClass> EVERYTHING = resideInAPackage("io.cachemigrator..");

    /**
     * Packages of the libraries that users' code does not name. Those of {@code compat-shim}, {@code validation-suite}
     * and {@code rewrite-recipes} are all named by users; {@code migrator-cli} is a program, not a library.
     */
    private static final DescribedPredicate<JavaClass> NOT_API = resideInAnyPackage(
            "io.cachemigrator.cache.envelope",
            "io.cachemigrator.cache.invalidation",
            "io.cachemigrator.cache.loading",
            "io.cachemigrator.cache.tier..",
            "io.cachemigrator.map.encoding");

    /** Packages that hold one tier each, and are entered through it. */
    private static final DescribedPredicate<JavaClass> TIERS = resideInAnyPackage(
            "io.cachemigrator.cache.tier.memory",
            "io.cachemigrator.cache.tier.disk",
            "io.cachemigrator.cache.tier.redis");

    private static final double A_THIRD = 1.0 / 3;

    /**
     * More than a third, because the envelope, the tier interface with its values, invalidation and loading are each
     * shared by several packages, and Java has no visibility between a package and the world without module descriptors.
     * That none is public without need is a test of its own. Measured 0.52 when this was written.
     */
    private static final double MEASURED = 0.55;

    @Test
    void packages_areNullMarked() {
        JavaClasses all = OwnClasses.main().all();
        Set<String> packages =
                all.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages)
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(all.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .as("package-info.java of %s has @NullMarked", name)
                        .isTrue());
    }

    @Test
    void classes_haveTheNameOfAThing() {
        OwnClasses.main()
                .check(
                        EVERYTHING,
                        500,
                        classes().should().haveNameNotMatching(".*(Impl|Implementation|Helper|Helpers|Utils|Util)"));
    }

    @Test
    void nobody_deserialisesObjects() {
        OwnClasses.main()
                .check(
                        EVERYTHING,
                        500,
                        noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class));
    }

    @Test
    void onlyTheEdge_printsAndExits() {
        // the one place where the process meets its terminal
        DescribedPredicate<JavaClass> inside =
                EVERYTHING.and(resideOutsideOfPackages("io.cachemigrator.migrator.command"));
        OwnClasses.main().check(inside, 450, NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        OwnClasses.main()
                .check(
                        inside,
                        450,
                        noClasses()
                                .should()
                                .callMethod(System.class, "exit", int.class)
                                .orShould()
                                .callMethod(Runtime.class, "exit", int.class)
                                .orShould()
                                .callMethod(Runtime.class, "halt", int.class));
    }

    @Test
    void publicTypesOutsideTheApi_areNeededByAnotherPackage() {
        List<JavaClass> types = topLevel(NOT_API);

        assertThat(types).hasSizeGreaterThan(50);
        assertThat(types.stream()
                        .filter(OwnConventionsTest::isPublic)
                        .filter(type -> !isUsedElsewhere(type))
                        // the memory tier has it in the type of a local list, of which compiled classes tell nothing
                        .filter(type -> !type.getFullName().endsWith(".InvalidationRecord")))
                .as("public types that no other package uses; make them package-private")
                .isEmpty();
    }

    @Test
    void typesOutsideTheApi_areMostlyPackagePrivate() {
        assertThat(topLevel(TIERS)).hasSizeGreaterThan(15);
        assertThat(shareOfPublic(TIERS)).isLessThan(A_THIRD);
        assertThat(shareOfPublic(NOT_API)).isLessThan(MEASURED);
    }

    private static double shareOfPublic(DescribedPredicate<JavaClass> packages) {
        List<JavaClass> types = topLevel(packages);
        return (double) types.stream().filter(OwnConventionsTest::isPublic).count() / types.size();
    }

    private static List<JavaClass> topLevel(DescribedPredicate<JavaClass> packages) {
        return OwnClasses.main().all().that(packages).stream()
                .filter(OwnClasses::isTopLevel)
                .toList();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isUsedElsewhere(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .anyMatch(dependency ->
                        !dependency.getOriginClass().getPackageName().equals(type.getPackageName()));
    }
}
