package io.cachemigrator.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A legacy type and what replaces it.
 *
 * @param type the fully qualified legacy type, or a package followed by {@code .**}: every type in it and below
 * @param usage which uses of the type are legacy
 * @param replacement the fully qualified type that replaces it
 * @param rewrite whether a recipe rewrites fields, parameters and imports of the type
 * @param reason why a person must, or null where a recipe does
 * @param complexity how hard one use of the type is
 * @param effort how long one use of the type takes
 * @param recipe the fully qualified recipe, or null where there is none
 * @param methods its methods, in the map's order
 */
public record LegacyApi(
        String type,
        LegacyUsage usage,
        String replacement,
        RewriteMode rewrite,
        @Nullable String reason,
        Complexity complexity,
        Effort effort,
        @Nullable String recipe,
        List<LegacyMethod> methods) {
    private static final String ALL_BELOW = ".**";

    /** Takes a copy of the list. */
    public LegacyApi {
        methods = List.copyOf(methods);
    }

    /** Whether it stands for the types of a package and of those below. */
    public boolean isPackage() {
        return type.endsWith(ALL_BELOW);
    }

    /** The package: of the type, or that it stands for. */
    public String packageName() {
        int end = isPackage() ? type.length() - ALL_BELOW.length() : type.lastIndexOf('.');
        return end < 0 ? "" : type.substring(0, end);
    }

    /**
     * Whether it is, or stands for, a type.
     *
     * @param name a fully qualified name
     */
    public boolean covers(String name) {
        return isPackage() ? name.startsWith(packageName() + ".") : name.equals(type);
    }
}
