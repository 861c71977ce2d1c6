package io.cachemigrator.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A legacy type and what replaces it.
 *
 * @param type the fully qualified legacy type
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
        String replacement,
        RewriteMode rewrite,
        @Nullable String reason,
        Complexity complexity,
        Effort effort,
        @Nullable String recipe,
        List<LegacyMethod> methods) {
    /** Takes a copy of the list. */
    public LegacyApi {
        methods = List.copyOf(methods);
    }
}
