package io.cachemigrator.map;

import java.util.List;
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
 * @param inline what is written in place of its calls, by overload; empty where they keep their form
 */
public record LegacyMethod(
        String name,
        @Nullable String replacement,
        RewriteMode rewrite,
        @Nullable String reason,
        Complexity complexity,
        Effort effort,
        List<InlineForm> inline) {
    /** Takes a copy of the list. */
    public LegacyMethod {
        inline = List.copyOf(inline);
    }
}
