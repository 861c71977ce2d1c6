package io.cachemigrator.validation.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import io.cachemigrator.map.MigrationMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The uses of legacy caches that compiled classes make. A use is told by the class that makes it and by the member or the type that it
 * uses, and not by the calling method, the line or the words of a rule: so it stays the same when methods are renamed and lines move.
 * Each call counts, several on one line as well. Immutable.
 */
public final class LegacyUses {
    private final Map<String, List<Use>> uses;
    private final Set<String> classes;

    private LegacyUses(Map<String, List<Use>> uses, Set<String> classes) {
        this.uses = uses;
        this.classes = classes;
    }

    /**
     * A use.
     *
     * @param origin top-level class that makes it
     * @param what member or type that it uses, as {@code com.acme.OldCache.get(String)} or {@code com.acme.OldCache}
     * @param file name of the source file, without its folder
     * @param line line in it; 0 when unknown
     * @param replacement what to use instead
     */
    public record Use(String origin, String what, String file, int line, String replacement) {
        /** What tells it apart in a store. */
        public String key() {
            return origin + " -> " + what;
        }
    }

    /** Of classes, as the maps of legacy families say what is legacy. Legacy types themselves are left out. */
    public static LegacyUses of(JavaClasses imported, Collection<MigrationMap> maps) {
        LegacyTypes legacy = new LegacyTypes(maps);
        Map<String, List<Use>> uses = new TreeMap<>();
        Set<String> classes = new TreeSet<>();
        for (JavaClass type : imported) {
            classes.add(topLevel(type).getName());
            if (!legacy.contains(type)) {
                collect(type, legacy, uses);
            }
        }
        return new LegacyUses(uses, classes);
    }

    private static void collect(JavaClass type, LegacyTypes legacy, Map<String, List<Use>> uses) {
        Set<String> types = new TreeSet<>();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String name = legacy.of(dependency.getTargetClass().getBaseComponentType());
            if (name != null) {
                types.add(name);
            }
        }
        types.forEach(name -> addOnce(type, name, legacy.replacement(name), uses));
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            String name = legacy.of(access.getTargetOwner());
            if (name != null) {
                add(type, name + "." + member(access), access.getLineNumber(), legacy.replacement(name), uses);
            }
        }
    }

    private static String member(JavaAccess<?> access) {
        if (access instanceof JavaFieldAccess field) {
            return field.getTarget().getName();
        }
        return access.getTarget().getName()
                + access.getTarget()
                        .resolveMember()
                        .filter(JavaCodeUnit.class::isInstance)
                        .map(member -> parameters(((JavaCodeUnit) member).getRawParameterTypes()))
                        .orElseGet(() -> access instanceof JavaCall<?> call
                                ? parameters(call.getTarget().getRawParameterTypes())
                                : "");
    }

    private static String parameters(List<JavaClass> types) {
        return types.stream().map(JavaClass::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A type counts once for each class, however many nested classes use it. */
    private static void addOnce(JavaClass type, String what, String replacement, Map<String, List<Use>> uses) {
        if (!uses.containsKey(use(type, what, 0, replacement).key())) {
            add(type, what, 0, replacement, uses);
        }
    }

    private static void add(JavaClass type, String what, int line, String replacement, Map<String, List<Use>> uses) {
        Use use = use(type, what, line, replacement);
        uses.computeIfAbsent(use.key(), key -> new ArrayList<>()).add(use);
    }

    private static Use use(JavaClass type, String what, int line, String replacement) {
        String file = type.getSource().flatMap(source -> source.getFileName()).orElse("");
        return new Use(topLevel(type).getName(), what, file, line, replacement);
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(LegacyUses::topLevel).orElse(type);
    }

    /** The uses by their keys, each as often as it is made, in the order of the keys. */
    public Map<String, List<Use>> byKey() {
        return Collections.unmodifiableMap(uses);
    }

    /** Whether there is a class of a name. */
    boolean hasClass(String name) {
        return classes.contains(name);
    }

    /** How many there are. */
    public int count() {
        return uses.values().stream().mapToInt(List::size).sum();
    }
}
