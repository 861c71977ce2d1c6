package io.cachemigrator.recipes.factory;

import java.util.List;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JLeftPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.marker.Markers;

/** Makes patterns of whole keys from patterns of a part. */
final class Patterns {
    private Patterns() {}

    private static final String PREFIX = "ai_cache:";

    /** The pattern of the keys of answers that hold what a pattern matches anywhere. */
    static Expression anywhere(Expression pattern) {
        if (pattern instanceof J.Literal literal && literal.getValue() instanceof String text) {
            String start = PREFIX + (text.startsWith("*") ? "" : "*");
            String end = text.endsWith("*") && !text.isEmpty() ? "" : text.isEmpty() ? "" : "*";
            String source = String.valueOf(literal.getValueSource());
            return literal.withValue(start + text + end)
                    .withValueSource("\"" + start + source.substring(1, source.length() - 1) + end + "\"");
        }
        Expression inner =
                pattern instanceof J.Ternary || pattern instanceof J.Assignment || pattern instanceof J.Lambda
                        ? new J.Parentheses<>(
                                Tree.randomId(),
                                Space.EMPTY,
                                Markers.EMPTY,
                                org.openrewrite.java.tree.JRightPadded.build(pattern.withPrefix(Space.EMPTY)))
                        : pattern.withPrefix(Space.EMPTY);
        return plus(plus(text(PREFIX + "*"), inner), text("*")).withPrefix(pattern.getPrefix());
    }

    /** What stands where there is no argument. */
    static J.Empty nothing() {
        return new J.Empty(Tree.randomId(), Space.EMPTY, Markers.EMPTY);
    }

    private static J.Literal text(String value) {
        return new J.Literal(
                Tree.randomId(),
                Space.EMPTY,
                Markers.EMPTY,
                value,
                "\"" + value + "\"",
                List.of(),
                JavaType.Primitive.String);
    }

    private static J.Binary plus(Expression left, Expression right) {
        return new J.Binary(
                Tree.randomId(),
                Space.EMPTY,
                Markers.EMPTY,
                left,
                JLeftPadded.build(J.Binary.Type.Addition).withBefore(Space.SINGLE_SPACE),
                right.withPrefix(Space.SINGLE_SPACE),
                JavaType.ShallowClass.build("java.lang.String"));
    }
}
