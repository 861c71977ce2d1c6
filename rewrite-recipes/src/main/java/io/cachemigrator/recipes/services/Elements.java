package io.cachemigrator.recipes.services;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** Which class declares what an expression reads or fills, where it does so with a legacy type. */
final class Elements {
    private final LegacyTypes types;

    Elements(LegacyTypes types) {
        this.types = types;
    }

    /** Name of the class whose declaration gives an expression a legacy type; null when none does. */
    @Nullable
    String source(@Nullable J tree) {
        if (tree instanceof J.Parentheses<?> parentheses) {
            return source(parentheses.getTree());
        }
        if (tree instanceof J.MethodInvocation call && call.getMethodType() != null) {
            JavaType.Method method = declared(call.getMethodType());
            return types.within(method.getReturnType()) ? owner(method.getDeclaringType()) : null;
        }
        JavaType.Variable field = tree instanceof J.FieldAccess access
                ? access.getName().getFieldType()
                : tree instanceof J.Identifier name ? name.getFieldType() : null;
        if (field == null || !types.within(field.getType())) {
            return null;
        }
        return field.getOwner() instanceof JavaType.FullyQualified holder ? owner(holder) : null;
    }

    /** Name of the class whose method asks for a legacy type as an argument; null when it does not. */
    @Nullable
    String sink(JavaType.@Nullable Method call, int argument) {
        if (call == null || !types.within(parameter(call, argument))) {
            return null;
        }
        return owner(call.getDeclaringType());
    }

    /** Type of a parameter as declared; null when there is none. */
    @Nullable
    JavaType parameter(JavaType.@Nullable Method call, int argument) {
        List<JavaType> parameters = call == null ? List.of() : declared(call).getParameterTypes();
        return parameters.isEmpty() ? null : parameters.get(Math.min(argument, parameters.size() - 1));
    }

    private @Nullable String owner(JavaType.@Nullable FullyQualified type) {
        if (type == null || types.has(type.getFullyQualifiedName())) {
            return null;
        }
        String name = type.getFullyQualifiedName();
        return name.startsWith("java.") || name.startsWith("javax.") ? null : name;
    }

    /** A method as its class declares it, without what a call makes of its type parameters. */
    static JavaType.Method declared(JavaType.Method call) {
        List<JavaType.Method> candidates = call.getDeclaringType().getMethods().stream()
                .filter(method -> method.getName().equals(call.getName())
                        && method.getParameterTypes().size()
                                == call.getParameterTypes().size())
                .toList();
        return candidates.stream()
                .filter(method -> sameErasure(method, call))
                .findFirst()
                .orElse(candidates.isEmpty() ? call : candidates.get(0));
    }

    private static boolean sameErasure(JavaType.Method one, JavaType.Method other) {
        for (int i = 0; i < one.getParameterTypes().size(); i++) {
            if (!erasure(one.getParameterTypes().get(i))
                    .equals(erasure(other.getParameterTypes().get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static String erasure(JavaType type) {
        if (type instanceof JavaType.Array array) {
            return erasure(array.getElemType()) + "[]";
        }
        JavaType.FullyQualified qualified =
                type instanceof JavaType.GenericTypeVariable ? null : TypeUtils.asFullyQualified(type);
        return qualified == null ? type.toString() : qualified.getFullyQualifiedName();
    }

    /** The accessor that hands out the new object behind an expression; null when its type has none. */
    @Nullable
    String bridge(Expression expression) {
        LegacyType type = types.exactly(expression.getType());
        return type == null ? null : type.bridge();
    }
}
