package io.cachemigrator.recipes.spring;

import io.cachemigrator.recipes.exchange.Types;
import io.cachemigrator.recipes.services.Refusal;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Builders and specifications of Caffeine that a local cache's builder takes as they are. */
final class CaffeineBuilders {
    static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    private static final Set<String> SETTINGS = Set.of(
            "initialCapacity",
            "maximumSize",
            "expireAfterWrite",
            "expireAfterAccess",
            "weakKeys",
            "weakValues",
            "softValues");

    private static final Pattern SPECIFICATION = Pattern.compile(
            "(\\s*((initialCapacity|maximumSize)\\s*=\\s*\\d+|(expireAfterWrite|expireAfterAccess)\\s*=\\s*\\d+[dhms]|weakKeys|weakValues|softValues)\\s*(,(?!\\s*$)|$))+");

    private CaffeineBuilders() {}

    /** Why a builder stays; null when it need not. */
    static @Nullable Refusal builder(@Nullable Expression builder) {
        Expression link = builder;
        while (link instanceof J.MethodInvocation call) {
            if (isStart(call)) {
                return null;
            }
            if (call.getSimpleName().equals("recordStats")) {
                return SpringRefusals.STATISTICS;
            }
            if (!SETTINGS.contains(call.getSimpleName())) {
                return SpringRefusals.BUILDER;
            }
            link = call.getSelect();
        }
        return SpringRefusals.BUILDER;
    }

    /** Whether a call is {@code Caffeine.newBuilder()}, written on the class. */
    static boolean isStart(J.MethodInvocation call) {
        JavaType.Method method = call.getMethodType();
        return call.getSimpleName().equals("newBuilder")
                && call.getSelect() != null
                && method != null
                && CAFFEINE.equals(Types.name(method.getDeclaringType()));
    }

    /** Why a specification stays; null when it need not. */
    static @Nullable Refusal specification(@Nullable Expression text) {
        return text instanceof J.Literal literal
                        && literal.getValue() instanceof String value
                        && SPECIFICATION.matcher(value).matches()
                ? null
                : SpringRefusals.SPECIFICATION;
    }
}
