package io.cachemigrator.migrator.traceability;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tags of test methods as JUnit sees them: the method's own, those of its class and of the classes and interfaces
 * above and around it. Inherited tests count for the class that inherits them.
 */
final class TaggedTests {
    private static final Set<String> TESTS = Set.of(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.TestTemplate",
            "org.junit.jupiter.params.ParameterizedTest",
            "net.jqwik.api.Property",
            "net.jqwik.api.Example");
    private static final Set<String> TAGS = Set.of("org.junit.jupiter.api.Tag", "net.jqwik.api.Tag");
    private static final Set<String> TAG_LISTS = Set.of("org.junit.jupiter.api.Tags", "net.jqwik.api.TagList");
    private static final Set<String> NESTED = Set.of("org.junit.jupiter.api.Nested", "net.jqwik.api.Group");

    /** Tests of one tag: names of methods by class. */
    record Tests(Map<String, Set<String>> methodsByClass) {
        int count() {
            return methodsByClass.values().stream().mapToInt(Set::size).sum();
        }
    }

    private TaggedTests() {}

    /** All tags, in order, with their tests. */
    static Map<String, Tests> in(JavaClasses classes) {
        Map<String, Tests> byTag = new TreeMap<>();
        classes.stream().filter(TaggedTests::isRun).forEach(type -> {
            Set<String> ofClass = tagsOf(type);
            for (JavaMethod method : type.getAllMethods()) {
                if (names(method.getAnnotations()).anyMatch(TESTS::contains)) {
                    Set<String> tags = new TreeSet<>(ofClass);
                    tags.addAll(tags(method.getAnnotations()));
                    tags.forEach(tag -> byTag.computeIfAbsent(tag, unused -> new Tests(new TreeMap<>()))
                            .methodsByClass()
                            .computeIfAbsent(outermost(type).getSimpleName(), unused -> new TreeSet<>())
                            .add(type.getName() + "." + signature(method)));
                }
            }
        });
        return byTag;
    }

    /** Whether the build runs the tests of a class: those of the usual names, and what is nested in them by annotation. */
    private static boolean isRun(JavaClass type) {
        boolean isNested = names(type.getAnnotations()).anyMatch(NESTED::contains);
        return !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && (isNested || type.isTopLevelClass())
                && outermost(type).getSimpleName().matches("Test.*|.*Tests?|.*TestCase");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(TaggedTests::outermost).orElse(type);
    }

    private static String signature(JavaMethod method) {
        return method.getName()
                + method.getRawParameterTypes().stream().map(JavaClass::getName).toList();
    }

    private static Set<String> tagsOf(JavaClass type) {
        Set<String> tags = new LinkedHashSet<>(tags(type.getAnnotations()));
        type.getAllRawSuperclasses().forEach(above -> tags.addAll(tags(above.getAnnotations())));
        type.getAllRawInterfaces().forEach(above -> tags.addAll(tags(above.getAnnotations())));
        type.getEnclosingClass().ifPresent(outer -> tags.addAll(tagsOf(outer)));
        return tags;
    }

    private static Set<String> tags(Collection<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream()
                .flatMap(annotation -> {
                    String name = annotation.getRawType().getName();
                    if (TAGS.contains(name)) {
                        return Stream.of((String) annotation.get("value").orElseThrow());
                    }
                    return TAG_LISTS.contains(name)
                            ? tags(List.of((JavaAnnotation<?>[])
                                            annotation.get("value").orElseThrow()))
                                    .stream()
                            : Stream.empty();
                })
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(Collection<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream().map(annotation -> annotation.getRawType().getName());
    }
}
