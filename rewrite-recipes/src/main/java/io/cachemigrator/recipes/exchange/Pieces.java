package io.cachemigrator.recipes.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Flag;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.marker.Markers;

/** Makes the small pieces of code that the rewriting needs, with their types. */
public final class Pieces {
    private Pieces() {}

    /** A type of which only the name is known. */
    public static JavaType.FullyQualified type(String name) {
        return JavaType.ShallowClass.build(name);
    }

    /** A name, with a type or without one. */
    public static J.Identifier identifier(String name, @Nullable JavaType type) {
        return new J.Identifier(Tree.randomId(), Space.EMPTY, Markers.EMPTY, List.of(), name, type, null);
    }

    /** A public method; its parameters have names of no meaning. */
    public static JavaType.Method method(
            JavaType.FullyQualified owner, boolean isStatic, String name, JavaType result, List<JavaType> parameters) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            names.add("arg" + i);
        }
        long flags = Flag.Public.getBitMask() | (isStatic ? Flag.Static.getBitMask() : 0);
        return new JavaType.Method(
                null, flags, owner, name, result, names, parameters, List.of(), List.of(), List.of(), List.of());
    }
}
