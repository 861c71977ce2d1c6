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
        return arguments(new J.Empty(Tree.randomId(), Space.EMPTY, Markers.EMPTY));
    }

    static JContainer<Expression> arguments(Expression argument) {
        return JContainer.build(
                Space.EMPTY, List.of(JRightPadded.build(argument.withPrefix(Space.EMPTY))), Markers.EMPTY);
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
            select = parenthesised(select);
        }
        JavaType.Method type = owner == null ? null : method(owner, false, accessor, type(resultType), List.of());
        return call(select, accessor, noArguments(), type).withPrefix(expression.getPrefix());
    }

    /** {@code SharedCache.get()}. */
    static Expression sharedCache(String holder, String getter, JavaType result) {
        JavaType.FullyQualified type = type(holder);
        return call(typeName(type), getter, noArguments(), method(type, true, getter, result, List.of()));
    }

    /** {@code options.condition() == WriteOptions.Condition.NAME} in place of a call that asked for one condition. */
    static Expression condition(J.MethodInvocation call, String name, J.Binary.Type operator) {
        JavaType.FullyQualified options = type(LegacyTypes.WRITE_OPTIONS);
        JavaType.FullyQualified condition = type(LegacyTypes.WRITE_OPTIONS + "$Condition");
        J.FieldAccess holder = access(typeName(options), identifier("Condition", condition, null), condition);
        J.FieldAccess wanted = constant(holder, name, condition);
        J.MethodInvocation asked = call.withName(call.getName().withSimpleName("condition"))
                .withMethodType(method(options, false, "condition", condition, List.of()));
        return new J.Binary(
                Tree.randomId(),
                call.getPrefix(),
                Markers.EMPTY,
                asked.withPrefix(Space.EMPTY),
                new JLeftPadded<>(Space.SINGLE_SPACE, operator, Markers.EMPTY),
                wanted.withPrefix(Space.SINGLE_SPACE),
                JavaType.Primitive.Boolean);
    }

    /** {@code (expression)}. */
    static Expression parenthesised(Expression expression) {
        return new J.Parentheses<>(
                Tree.randomId(),
                expression.getPrefix(),
                Markers.EMPTY,
                JRightPadded.build(expression.withPrefix(Space.EMPTY)));
    }

    /** {@code holder.NAME}, a constant of the holder's own type. */
    static J.FieldAccess constant(Expression holder, String name, JavaType.FullyQualified type) {
        long flags = Flag.Public.getBitMask() | Flag.Static.getBitMask() | Flag.Final.getBitMask();
        JavaType.Variable constant = new JavaType.Variable(null, flags, name, type, type, List.of());
        return access(holder, identifier(name, type, constant), type);
    }

    static J.FieldAccess access(Expression target, J.Identifier name, JavaType type) {
        return new J.FieldAccess(Tree.randomId(), Space.EMPTY, Markers.EMPTY, target, JLeftPadded.build(name), type);
    }
}
