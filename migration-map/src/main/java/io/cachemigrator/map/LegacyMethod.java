package io.cachemigrator.map;

import org.jspecify.annotations.Nullable;

/**
 * A method of a legacy type, all its overloads together.
 *
 * @param name the method's name, or {@code <init>} for construction
 * @param replacement the method of the replacement type, or null where there is none
 * @param rewrite whether a recipe rewrites its calls
 * @param reason why a person must, or null where a recipe does
 * @param complexity how hard that is
 * @param effort how long one call takes
 */
public record LegacyMethod(
        String name,
        @Nullable String replacement,
        RewriteMode rewrite,
        @Nullable String reason,
        Complexity complexity,
        Effort effort) {}
