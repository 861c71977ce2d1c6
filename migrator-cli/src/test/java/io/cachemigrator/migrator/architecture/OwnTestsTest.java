package io.cachemigrator.migrator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for every test of ours. */
class OwnTestsTest {
    private static final Set<String> TESTS = Set.of(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.params.ParameterizedTest",
            "net.jqwik.api.Example");

    @Test
    @Tag("services-G-1")
    void tests_everyOne_asserts() {
        JavaClasses classes = OwnClasses.test().all();
        List<String> silent = new ArrayList<>();
        int looked = 0;
        for (JavaClass type : classes) {
            for (JavaMethod method : type.getMethods()) {
                boolean test = method.getAnnotations().stream()
                        .anyMatch(each -> TESTS.contains(each.getRawType().getName()));
                looked += test ? 1 : 0;
                if (test && !asserts(method)) {
                    silent.add(method.getFullName());
                }
            }
        }
        assertThat(looked).isGreaterThan(1_000);
        assertThat(silent).as("tests that reach no assertion").isEmpty();
    }

    @Test
    void asserts_methodsOfThisClass_areToldApart() {
        JavaClass own = OwnClasses.test().all().get(OwnTestsTest.class);
        assertThat(asserts(own.getMethod("tests_everyOne_asserts"))).isTrue();
        assertThat(asserts(own.getMethod("isAssertion", String.class, String.class)))
                .isFalse();
    }

    /** Whether a method, or one of ours that it calls, asserts. */
    private static boolean asserts(JavaMethod test) {
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(test));
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (!seen.add(unit)) {
                continue;
            }
            for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                String owner = access.getTargetOwner().getName();
                if (isAssertion(owner, access.getName())) {
                    return true;
                }
                if (owner.startsWith("io.cachemigrator")) {
                    access.getTargetOwner().getAllMethods().stream()
                            .filter(each -> each.getName().equals(access.getName()))
                            .forEach(open::push);
                }
            }
            unit.getMethodReferencesFromSelf()
                    .forEach(reference -> reference.getTargetOwner().getAllMethods().stream()
                            .filter(each -> each.getName().equals(reference.getName()))
                            .forEach(open::push));
        }
        return false;
    }

    private static boolean isAssertion(String owner, String name) {
        return owner.startsWith("org.assertj.core.api.")
                || owner.equals("org.junit.jupiter.api.Assertions")
                || owner.equals("java.lang.AssertionError")
                || name.equals("rewriteRun")
                || (owner.startsWith("com.tngtech.archunit.") && name.equals("check"))
                || (owner.contains("lincheck") && name.equals("check"));
    }
}
