package io.cachemigrator.recipes.guava;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.Flag;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JContainer;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.marker.Markers;

/** Makes the small pieces of code that the rewriting needs, with their types. */
final class Pieces {
    private Pieces() {}

    static JavaType.FullyQualified type(String name) {
        return JavaType.ShallowClass.build(name);
    }

    static J.Identifier identifier(String name, @Nullable JavaType type) {
        return new J.Identifier(Tree.randomId(), Space.EMPTY, Markers.EMPTY, List.of(), name, type, null);
    }

    static JavaType.Method method(
            JavaType.FullyQualified owner, boolean isStatic, String name, JavaType result, List<JavaType> parameters) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            names.add("arg" + i);
        }
        long flags = Flag.Public.getBitMask() | (isStatic ? Flag.Static.getBitMask() : 0);
        return new JavaType.Method(
                null, flags, owner, name, result, names, parameters, List.of(), List.of(), List.of(), List.of());
    }

    /** {@code ImmutableMap.copyOf(call)}. */
    static J copyOf(J.MethodInvocation call) {
        JavaType.FullyQualified map = type(GuavaTypes.IMMUTABLE_MAP);
        JavaType.Method copy = method(map, true, "copyOf", map, List.of(type("java.util.Map")));
        JRightPadded<Expression> argument = JRightPadded.build(call.withPrefix(Space.EMPTY));
        return new J.MethodInvocation(
                Tree.randomId(),
                call.getPrefix(),
                Markers.EMPTY,
                JRightPadded.build(identifier("ImmutableMap", map)),
                null,
                identifier("copyOf", copy),
                JContainer.build(Space.EMPTY, List.of(argument), Markers.EMPTY),
                copy);
    }
}
