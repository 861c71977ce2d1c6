package io.cachemigrator.recipes.services;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.Flag;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JContainer;
import org.openrewrite.java.tree.JLeftPadded;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeUtils;
import org.openrewrite.marker.Markers;

/** Makes the small pieces of code that take the place of legacy calls, with their types. */
final class Trees {
    private Trees() {}

    /** {@code name}, standing for a type. */
    static J.Identifier typeName(JavaType.FullyQualified type) {
        return identifier(type.getClassName(), type, null);
    }

    static J.Identifier identifier(String name, @Nullable JavaType type, JavaType.@Nullable Variable field) {
        return new J.Identifier(Tree.randomId(), Space.EMPTY, Markers.EMPTY, List.of(), name, type, field);
    }

    /** {@code select.name(arguments)} with a method type made from an existing one, or none. */
    static J.MethodInvocation call(
            Expression select, String name, JContainer<Expression> arguments, JavaType.@Nullable Method type) {
        return new J.MethodInvocation(
                Tree.randomId(),
                Space.EMPTY,
                Markers.EMPTY,
                JRightPadded.build(select),
                null,
                identifier(name, type, null),
                arguments,
                type);
    }

    static JContainer<Expression> noArguments() {
        return arguments(List.of(new J.Empty(Tree.randomId(), Space.EMPTY, Markers.EMPTY)));
    }

    static JContainer<Expression> arguments(List<? extends Expression> arguments) {
        List<JRightPadded<Expression>> padded = new ArrayList<>();
        for (Expression argument : arguments) {
            padded.add(JRightPadded.build(argument));
        }
        return JContainer.build(Space.EMPTY, padded, Markers.EMPTY);
    }

    static JavaType.FullyQualified type(String name) {
        return JavaType.ShallowClass.build(name);
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

    /** {@code expression.accessor()}, which hands out the new object behind a legacy one. */
    static Expression bridge(Expression expression, String accessor, String resultType) {
        JavaType.FullyQualified owner = TypeUtils.asFullyQualified(expression.getType());
        Expression select = expression.withPrefix(Space.EMPTY);
        if (expression instanceof J.Ternary || expression instanceof J.Assignment || expression instanceof J.TypeCast) {
            select = new J.Parentheses<>(Tree.randomId(), Space.EMPTY, Markers.EMPTY, JRightPadded.build(select));
        }
        JavaType.Method type = owner == null ? null : method(owner, false, accessor, type(resultType), List.of());
        return call(select, accessor, noArguments(), type).withPrefix(expression.getPrefix());
    }

    /** {@code SharedCache.get()}. */
    static Expression sharedCache(String holder, String getter, JavaType result) {
        JavaType.FullyQualified type = type(holder);
        return call(typeName(type), getter, noArguments(), method(type, true, getter, result, List.of()));
    }

    /** {@code Options.Condition.NAME}. */
    static J.FieldAccess condition(JavaType.FullyQualified options, String name) {
        JavaType.FullyQualified condition = type(options.getFullyQualifiedName() + "$Condition");
        J.FieldAccess holder = access(typeName(options), identifier("Condition", condition, null), condition);
        JavaType.Variable constant = new JavaType.Variable(
                null,
                Flag.Public.getBitMask() | Flag.Static.getBitMask() | Flag.Final.getBitMask(),
                name,
                condition,
                condition,
                List.of());
        return access(holder, identifier(name, condition, constant), condition);
    }

    static J.FieldAccess access(Expression target, J.Identifier name, JavaType type) {
        return new J.FieldAccess(Tree.randomId(), Space.EMPTY, Markers.EMPTY, target, JLeftPadded.build(name), type);
    }

    /** {@code left == right}. */
    static J.Binary same(Expression left, Expression right) {
        return new J.Binary(
                Tree.randomId(),
                Space.EMPTY,
                Markers.EMPTY,
                left,
                new JLeftPadded<>(Space.SINGLE_SPACE, J.Binary.Type.Equal, Markers.EMPTY),
                right.withPrefix(Space.SINGLE_SPACE),
                JavaType.Primitive.Boolean);
    }
}
