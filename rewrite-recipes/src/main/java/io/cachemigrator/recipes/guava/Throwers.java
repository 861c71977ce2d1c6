package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.exchange.Throws;
import io.cachemigrator.recipes.exchange.Types;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.JavaType;

/** Which calls may throw what a load of a cache throws. */
final class Throwers {
    private static final Set<String> LOADS = Set.of("get", "getUnchecked", "getAll", "apply");
    private static final Set<String> RUN_ANYTHING = Set.of(
            "java.lang.Runnable",
            "java.util.concurrent.Callable",
            "com.google.common.base.Function",
            "com.google.common.base.Supplier",
            "com.google.common.base.Predicate");

    /** Libraries that neither load from caches of Guava on behalf of the caller nor wait for its futures. */
    private static final List<String> NEUTRAL = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "org.slf4j.",
            "org.apache.logging.",
            "org.apache.commons.",
            "org.junit.",
            "org.assertj.",
            "org.hamcrest.",
            "org.mockito.",
            "com.google.common.base.",
            "com.google.common.cache.",
            "com.google.common.collect.",
            "com.google.common.hash.",
            "com.google.common.io.",
            "com.google.common.math.",
            "com.google.common.primitives.");

    private Throwers() {}

    /** Kind of a call or of a reference to a method. */
    static Throws kind(JavaType.@Nullable Method method, @Nullable Expression select) {
        if (method == null) {
            return Throws.FOREIGN;
        }
        JavaType receiver = select == null ? null : select.getType();
        if (GuavaTypes.isCache(method.getDeclaringType()) || GuavaTypes.isCache(receiver)) {
            return LOADS.contains(method.getName()) ? Throws.LOAD : Throws.NOTHING;
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        String of = Types.name(receiver);
        if (owner.startsWith(GuavaTypes.CONCURRENT)
                || (of != null && of.startsWith(GuavaTypes.CONCURRENT))
                || owner.startsWith("java.util.function.")
                || RUN_ANYTHING.contains(owner)) {
            return Throws.FOREIGN;
        }
        return NEUTRAL.stream().anyMatch(owner::startsWith) ? Throws.NOTHING : Throws.UNKNOWN;
    }
}
