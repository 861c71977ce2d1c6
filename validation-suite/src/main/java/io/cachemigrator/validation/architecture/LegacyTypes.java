package io.cachemigrator.validation.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyUsage;
import io.cachemigrator.map.MigrationMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What migration maps call legacy, asked of compiled classes. Types of which only some uses are legacy are left out: whether a map is a
 * cache is told by the code around it and not by its type. Immutable.
 */
final class LegacyTypes {
    private final Map<String, String> types = new TreeMap<>();
    private final List<LegacyApi> packages = new ArrayList<>();

    LegacyTypes(Collection<MigrationMap> maps) {
        for (MigrationMap map : maps) {
            for (LegacyApi api : map.apis()) {
                if (api.usage() == LegacyUsage.ANY && api.isPackage()) {
                    packages.add(api);
                } else if (api.usage() == LegacyUsage.ANY) {
                    types.put(api.type(), api.replacement());
                }
            }
        }
    }

    boolean isEmpty() {
        return types.isEmpty() && packages.isEmpty();
    }

    /** What replaces what, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        types.forEach((type, replacement) -> lines.add("  " + type + " -> " + replacement));
        packages.forEach(api -> lines.add("  " + api.type() + " -> " + api.replacement()));
        return lines;
    }

    /** Whether a class is one of the types, is inside one, or belongs to one of the packages. */
    boolean contains(JavaClass type) {
        return inPackage(type) != null || isInside(type);
    }

    private boolean isInside(JavaClass type) {
        return types.containsKey(type.getName())
                || type.getEnclosingClass().map(this::isInside).orElse(false);
    }

    /** The legacy type that a type is, is inside of, or is made from; null when it is none. */
    @Nullable
    String of(JavaClass target) {
        for (String name : types.keySet()) {
            if (isNestedIn(target, name)
                    || LegacyUsageRules.isInside(target, List.of(name))
                    || target.isAssignableTo(name)) {
                return name;
            }
        }
        JavaClass outermost = outermost(target);
        return inPackage(outermost) != null ? outermost.getName() : inheritedFromPackage(target);
    }

    /** What to use instead of a legacy type. */
    String replacement(String name) {
        String known = types.get(name);
        return known != null
                ? known
                : packages.stream()
                        .filter(api -> api.covers(name))
                        .map(LegacyApi::replacement)
                        .findFirst()
                        .orElse("");
    }

    private @Nullable String inheritedFromPackage(JavaClass target) {
        return packages.isEmpty()
                ? null
                : Stream.concat(target.getAllRawSuperclasses().stream(), target.getAllRawInterfaces().stream())
                        .filter(type -> inPackage(type) != null)
                        .map(JavaClass::getName)
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable LegacyApi inPackage(JavaClass type) {
        return packages.stream()
                .filter(api -> api.covers(type.getName()))
                .findFirst()
                .orElse(null);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(LegacyTypes::outermost).orElse(type);
    }

    /** By its name: of a class that was not imported nothing else is known. */
    private static boolean isNestedIn(JavaClass target, String name) {
        return target.getName().startsWith(name + "$");
    }
}
