package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.exchange.Pieces;
import io.cachemigrator.recipes.exchange.Types;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JContainer;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.marker.Markers;

/** Where an {@code ImmutableMap} that a cache gives may be a plain map, and where it must stay what it was. */
final class MapResults {
    private static final Set<String> BULK = Set.of("getAll", "getAllPresent");
    private static final Set<String> OF_EVERY_MAP = Set.of(
            "get",
            "getOrDefault",
            "containsKey",
            "containsValue",
            "size",
            "isEmpty",
            "forEach",
            "equals",
            "hashCode",
            "toString");
    private static final Set<String> VIEWS = Set.of("keySet", "values", "entrySet");
    private static final Set<String> OF_EVERY_VIEW =
            Set.of("stream", "parallelStream", "contains", "containsAll", "size", "isEmpty", "forEach", "toArray");

    private MapResults() {}

    /** Whether a call gives a map of cached values. */
    static boolean isBulk(JavaType.@Nullable Method method) {
        return method != null && BULK.contains(method.getName()) && GuavaTypes.isCache(method.getDeclaringType());
    }

    /** Whether a call's result may be a plain map; in doubt it may not. */
    static boolean mayBePlain(Cursor call) {
        return accepts(call, false);
    }

    private static boolean accepts(Cursor cursor, boolean view) {
        J tree = cursor.getValue();
        Cursor above = cursor.getParentTreeCursor();
        Object parent = above.getValue();
        if (parent instanceof J.Parentheses<?>) {
            return accepts(above, view);
        }
        if (parent instanceof J.MethodInvocation outer) {
            return isSelect(outer, tree) ? chained(outer, above, view) : argument(outer.getMethodType(), outer, tree);
        }
        if (parent instanceof J.NewClass made) {
            return plain(
                    parameter(made.getConstructorType(), made.getArguments().indexOf((Object) tree)));
        }
        if (parent instanceof J.VariableDeclarations.NamedVariable) {
            J.VariableDeclarations declaration = above.firstEnclosingOrThrow(J.VariableDeclarations.class);
            boolean inferred = declaration.getTypeExpression() instanceof J.Identifier name
                    && name.getSimpleName().equals("var");
            return !inferred && plain(declaration.getType());
        }
        if (parent instanceof J.Assignment assignment) {
            return above.getParentTreeCursor().getValue() instanceof J.Block
                    && plain(assignment.getVariable().getType());
        }
        if (parent instanceof J.Return) {
            return returned(above);
        }
        return parent instanceof J.Block || parent instanceof J.ForEachLoop.Control;
    }

    private static boolean isSelect(J.MethodInvocation call, J tree) {
        return call.getSelect() != null && call.getSelect().getId().equals(tree.getId());
    }

    private static boolean chained(J.MethodInvocation outer, Cursor above, boolean view) {
        if (view) {
            return OF_EVERY_VIEW.contains(outer.getSimpleName());
        }
        return OF_EVERY_MAP.contains(outer.getSimpleName())
                || (VIEWS.contains(outer.getSimpleName()) && accepts(above, true));
    }

    private static boolean argument(JavaType.@Nullable Method method, J.MethodInvocation call, J tree) {
        int index = 0;
        for (Expression argument : call.getArguments()) {
            if (argument.getId().equals(tree.getId())) {
                return plain(parameter(method, index));
            }
            index++;
        }
        return false;
    }

    private static @Nullable JavaType parameter(JavaType.@Nullable Method method, int index) {
        return method == null
                        || index < 0
                        || index >= method.getParameterTypes().size()
                ? null
                : method.getParameterTypes().get(index);
    }

    private static boolean returned(Cursor statement) {
        Cursor owner = statement.dropParentUntil(
                it -> it instanceof J.MethodDeclaration || it instanceof J.Lambda || it == Cursor.ROOT_VALUE);
        return owner.getValue() instanceof J.MethodDeclaration method
                && method.getReturnTypeExpression() != null
                && plain(method.getReturnTypeExpression().getType());
    }

    private static boolean plain(@Nullable JavaType type) {
        String name = Types.name(type);
        return name != null && (name.startsWith("java.util.") || name.equals("java.lang.Iterable"));
    }

    /** {@code ImmutableMap.copyOf(call)}. */
    static J copyOf(J.MethodInvocation call) {
        JavaType.FullyQualified map = Pieces.type(GuavaTypes.IMMUTABLE_MAP);
        JavaType.Method copy = Pieces.method(map, true, "copyOf", map, List.of(Pieces.type("java.util.Map")));
        JRightPadded<Expression> argument = JRightPadded.build(call.withPrefix(Space.EMPTY));
        return new J.MethodInvocation(
                Tree.randomId(),
                call.getPrefix(),
                Markers.EMPTY,
                JRightPadded.build(Pieces.identifier("ImmutableMap", map)),
                null,
                Pieces.identifier("copyOf", copy),
                JContainer.build(Space.EMPTY, List.of(argument), Markers.EMPTY),
                copy);
    }
}
