package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.LegacyType.Gone;
import io.cachemigrator.recipes.services.LegacyType.Member;
import io.cachemigrator.recipes.services.LegacyType.Renamed;
import io.cachemigrator.recipes.services.LegacyType.Same;
import io.cachemigrator.recipes.services.LegacyType.Special;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** Whether a single use of a legacy member can be rewritten. */
final class CallRules {
    private final LegacyTypes types;

    CallRules(LegacyTypes types) {
        this.types = types;
    }

    /** Why a call stays; null when it need not. */
    @Nullable
    Refusal call(LegacyType type, String name, List<Expression> arguments) {
        Member member = type.member(name);
        if (member instanceof Gone gone) {
            return Refusal.noCounterpart(type.simpleName() + "." + name, gone.advice());
        }
        if (name.equals("redis") && type.simpleName().equals("NgxCacheStats") && !types.has(LegacyTypes.REDIS)) {
            return Refusal.noCounterpart("NgxCacheStats.redis", "Migrate RedisCacheService in the same run.");
        }
        if (member == Special.HTTP_GET && !looksUp(arguments)) {
            return Refusal.noCounterpart(
                    "HttpCacheService.get with headers or a strategy",
                    "Give the headers in an HttpKey, and a refresh only where one is wanted.");
        }
        if (member == Special.TTL && !arguments.isEmpty() && constant(arguments.get(0)) == null) {
            return positive(arguments.get(0)) ? null : Refusal.TTL;
        }
        return null;
    }

    /** Whether a look-up has a key, a type, and at most what refreshes a response. */
    private static boolean looksUp(List<Expression> arguments) {
        return arguments.size() < 3
                || (arguments.size() == 3
                        && !TypeUtils.isAssignableTo(
                                "java.util.Map", arguments.get(2).getType()));
    }

    /** Why a construction stays; null when it need not. */
    @Nullable
    Refusal construction(LegacyType type, J.NewClass construction) {
        List<Expression> arguments = arguments(construction.getArguments());
        if (construction.getBody() != null) {
            return Refusal.INHERITANCE;
        }
        if (!(type.construction() instanceof Special special)) {
            if (type.construction() instanceof Gone gone && gone != LegacyTypes.UNMADE) {
                return Refusal.noCounterpart("new " + type.simpleName(), gone.advice());
            }
            return type.name().equals(LegacyTypes.SETTINGS)
                    ? Refusal.SETTINGS
                    : Refusal.noCounterpart("new " + type.simpleName(), "Only the service makes it.");
        }
        return switch (special) {
            case OPEN -> open(arguments);
            case OPTIONS -> options(arguments);
            case OVER_SERVICE ->
                arguments.size() < 2
                        ? null
                        : Refusal.noCounterpart(
                                "new " + type.simpleName() + " with a configuration",
                                "Give the new cache a policy, and the refresh an executor of its own.");
            default -> null;
        };
    }

    private @Nullable Refusal open(List<Expression> arguments) {
        if (arguments.size() == 1 && TypeUtils.isOfClassType(arguments.get(0).getType(), LegacyTypes.SETTINGS)) {
            return Refusal.SETTINGS;
        }
        return arguments.size() != 5 || harmless(arguments.get(2)) ? null : Refusal.SIDE_EFFECT;
    }

    private @Nullable Refusal options(List<Expression> arguments) {
        if (arguments.size() != 3
                || literal(arguments.get(1)) == null
                || literal(arguments.get(2)) == null
                || (isTrue(arguments.get(1)) && isTrue(arguments.get(2)))) {
            return Refusal.OPTIONS;
        }
        Expression ttl = arguments.get(0);
        return isNull(ttl) || constant(ttl) != null || positive(ttl) ? null : Refusal.TTL;
    }

    /** Why a method reference stays; null when it need not. */
    @Nullable
    Refusal reference(LegacyType type, String name, JavaType.@Nullable Method method) {
        if (name.equals("new")) {
            int arity = method == null ? 99 : method.getParameterTypes().size();
            boolean settings = method != null
                    && method.getParameterTypes().stream()
                            .anyMatch(it -> TypeUtils.isOfClassType(it, LegacyTypes.SETTINGS));
            boolean open = type.construction() == Special.OPEN && arity <= 1 && !settings;
            boolean over = type.construction() == Special.OVER_SERVICE && arity == 1 && types.has(LegacyTypes.REDIS);
            return open || over ? null : Refusal.METHOD_REFERENCE;
        }
        Refusal refusal = call(type, name, List.of());
        if (refusal != null) {
            return refusal;
        }
        Member member = type.member(name);
        return member instanceof Same || member instanceof Renamed ? null : Refusal.METHOD_REFERENCE;
    }

    /** The constant that a time to live is, as {@code class.name}; null when it is none. */
    static @Nullable String constant(Expression expression) {
        JavaType.Variable variable = expression instanceof J.Identifier name
                ? name.getFieldType()
                : expression instanceof J.FieldAccess access ? access.getName().getFieldType() : null;
        return variable != null && variable.getOwner() instanceof JavaType.FullyQualified owner
                ? owner.getFullyQualifiedName() + "." + variable.getName()
                : null;
    }

    /** Whether an expression makes a duration from a positive literal. */
    static boolean positive(@Nullable Expression expression) {
        if (!(expression instanceof J.MethodInvocation call)
                || call.getMethodType() == null
                || !TypeUtils.isOfClassType(call.getMethodType().getDeclaringType(), "java.time.Duration")
                || !call.getSimpleName().startsWith("of")
                || call.getArguments().size() != 1) {
            return false;
        }
        return call.getArguments().get(0) instanceof J.Literal literal
                && literal.getValue() instanceof Number number
                && number.longValue() > 0;
    }

    /** Arguments, none of them standing for emptiness. */
    static List<Expression> arguments(List<Expression> written) {
        return written.stream().filter(it -> !(it instanceof J.Empty)).toList();
    }

    static boolean isNull(Expression expression) {
        return expression instanceof J.Literal literal && literal.getType() == JavaType.Primitive.Null;
    }

    static boolean isTrue(Expression expression) {
        return Boolean.TRUE.equals(literal(expression));
    }

    private static @Nullable Object literal(Expression expression) {
        return expression instanceof J.Literal literal ? literal.getValue() : null;
    }

    private static boolean harmless(Expression expression) {
        return expression instanceof J.Literal
                || expression instanceof J.Identifier
                || (expression instanceof J.FieldAccess access && harmless(access.getTarget()));
    }
}
