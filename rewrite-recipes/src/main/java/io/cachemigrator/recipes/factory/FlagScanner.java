package io.cachemigrator.recipes.factory;

import io.cachemigrator.recipes.services.FamilyRules.Flag;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.MethodMatcher;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;

/** Finds keys of answers that are made by hand, and variables of the legacy caches that the code reads itself. */
final class FlagScanner extends JavaIsoVisitor<List<Flag>> {
    private static final MethodMatcher ONE = new MethodMatcher("java.lang.System getenv(java.lang.String)");
    private static final MethodMatcher ALL = new MethodMatcher("java.lang.System getenv()");
    private static final Set<String> VARIABLES = Set.of(
            "CACHE_TYPE",
            "USE_REDIS",
            "REDIS_URL",
            "CACHE_TTL",
            "CACHE_SIZE",
            "ENABLE_COMPRESSION",
            "USE_NEW_CACHE_FACTORY",
            "USE_LEGACY_CACHE",
            "CACHE_PRESET",
            "CACHE_REDIS_URL",
            "ENABLE_AI_CACHE",
            "CACHE_CUSTOM_CONFIG",
            "REDIS_ENCRYPTION_KEY");
    private static final Refusal HAND_MADE = new Refusal(
            "HAND_MADE_KEY",
            "A key of an answer is made by hand. Call cacheResponse and getCachedResponse, which make the key from the request.");

    /** A text with a star is a pattern and no key. */
    @Override
    public J.Literal visitLiteral(J.Literal literal, List<Flag> flags) {
        if (literal.getValue() instanceof String text && text.startsWith("ai_cache:") && !text.contains("*")) {
            flags.add(new Flag(literal, "hand-made key", HAND_MADE));
        }
        return super.visitLiteral(literal, flags);
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, List<Flag> flags) {
        boolean fromAll = call.getSelect() instanceof J.MethodInvocation all
                && ALL.matches(all)
                && Set.of("get", "getOrDefault").contains(call.getSimpleName());
        if (ONE.matches(call) || fromAll) {
            String name = text(call.getArguments().get(0));
            if (name != null && (VARIABLES.contains(name) || name.startsWith("AI_CACHE_"))) {
                flags.add(new Flag(call, "environment " + name, read(name)));
            }
        }
        return super.visitMethodInvocation(call, flags);
    }

    private static @Nullable String text(Expression argument) {
        return argument instanceof J.Literal literal && literal.getValue() instanceof String text ? text : null;
    }

    private static Refusal read(String name) {
        return new Refusal(
                "ENVIRONMENT_READ",
                "The code reads " + name
                        + " itself. Let CacheConfig.builder().fromEnvironment(System.getenv()) read it, or set it in code.");
    }
}
