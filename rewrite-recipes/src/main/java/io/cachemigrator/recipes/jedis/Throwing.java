package io.cachemigrator.recipes.jedis;

import io.cachemigrator.recipes.exchange.Throws;
import io.cachemigrator.recipes.exchange.Types;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.JavaType;

/** Which calls may throw what Jedis throws. */
final class Throwing {
    private static final Set<String> RUN_ANYTHING = Set.of("java.lang.Runnable", "java.util.concurrent.Callable");

    /** Libraries that call no Jedis on behalf of the caller. */
    private static final List<String> NEUTRAL = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "org.slf4j.",
            "org.apache.logging.",
            "org.apache.commons.",
            "com.fasterxml.",
            "com.google.",
            "org.junit.",
            "org.assertj.",
            "org.hamcrest.",
            "org.mockito.");

    private Throwing() {}

    /** Kind of a call, a reference to a method or a construction. */
    static Throws kind(JavaType.@Nullable Method method, @Nullable Expression select) {
        if (method == null) {
            return Throws.FOREIGN;
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        String of = select == null ? null : Types.name(select.getType());
        if (JedisTypes.renames().containsKey(owner)
                || (of != null && JedisTypes.renames().containsKey(of))) {
            return Throws.LOAD;
        }
        // a member of an exception that was caught throws nothing
        if (JedisTypes.THROWN.containsKey(owner)) {
            return Throws.NOTHING;
        }
        if (owner.startsWith(JedisTypes.CLIENTS)
                || owner.startsWith("java.util.function.")
                || RUN_ANYTHING.contains(owner)) {
            return Throws.FOREIGN;
        }
        return NEUTRAL.stream().anyMatch(owner::startsWith) ? Throws.NOTHING : Throws.UNKNOWN;
    }
}
