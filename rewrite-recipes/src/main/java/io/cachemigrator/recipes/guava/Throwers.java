package io.cachemigrator.recipes.guava;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
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

    /** What a call may throw. */
    enum Kind {
        /** What a load of a cache throws. */
        LOAD,
        /** The same, but from elsewhere. */
        FOREIGN,
        /** What the class that declares it throws. */
        UNKNOWN,
        /** Nothing of the kind. */
        NOTHING
    }

    private Throwers() {}

    /** Kind of a call or of a reference to a method. */
    static Kind kind(JavaType.@Nullable Method method, @Nullable Expression select) {
        if (method == null) {
            return Kind.FOREIGN;
        }
        JavaType receiver = select == null ? null : select.getType();
        if (GuavaTypes.isCache(method.getDeclaringType()) || GuavaTypes.isCache(receiver)) {
            return LOADS.contains(method.getName()) ? Kind.LOAD : Kind.NOTHING;
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        String of = GuavaTypes.name(receiver);
        if (owner.startsWith(GuavaTypes.CONCURRENT)
                || (of != null && of.startsWith(GuavaTypes.CONCURRENT))
                || owner.startsWith("java.util.function.")
                || RUN_ANYTHING.contains(owner)) {
            return Kind.FOREIGN;
        }
        return NEUTRAL.stream().anyMatch(owner::startsWith) ? Kind.NOTHING : Kind.UNKNOWN;
    }

    /** Whether a construction is of something that other code throws in place of a load. */
    static boolean isForeign(J.NewClass construction) {
        String name = GuavaTypes.name(construction.getType());
        return name != null && GuavaTypes.THROWN.containsKey(name);
    }
}
