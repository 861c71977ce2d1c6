package io.cachemigrator.recipes.replace;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Which calls may throw what a replaced type throws. */
final class Throwers {
    private static final Set<String> RUN_ANYTHING = Set.of("java.lang.Runnable", "java.util.concurrent.Callable");

    /** Libraries that never call back into a cache on behalf of the caller, and throw nothing of one. */
    private static final List<String> NEUTRAL =
            List.of("java.", "javax.", "jakarta.", "org.junit.", "org.assertj.", "org.hamcrest.", "org.mockito.");

    private final Family family;

    Throwers(Family family) {
        this.family = family;
    }

    /** What a call may throw. */
    enum Kind {
        /** What a replaced type throws. */
        OWN,
        /** The same, but from elsewhere. */
        FOREIGN,
        /** What the class that declares it throws. */
        UNKNOWN,
        /** Nothing of the kind. */
        NOTHING
    }

    /** Kind of a call or of a reference to a method. */
    Kind kind(JavaType.@Nullable Method method, @Nullable Expression select) {
        if (method == null) {
            return Kind.FOREIGN;
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        if (family.receiver(method, select) != null) {
            return Kind.OWN;
        }
        // a member of an exception that was caught throws nothing
        if (family.thrown().containsKey(owner)) {
            return Kind.NOTHING;
        }
        if (family.owns(owner) || owner.startsWith("java.util.function.") || RUN_ANYTHING.contains(owner)) {
            return Kind.FOREIGN;
        }
        boolean neutral = NEUTRAL.stream().anyMatch(owner::startsWith) || family.isNeutral(owner);
        return neutral ? Kind.NOTHING : Kind.UNKNOWN;
    }

    /** Whether a construction is of something that other code throws in its place. */
    boolean isForeign(J.NewClass construction) {
        String name = Family.name(construction.getType());
        return name != null && family.thrown().containsKey(name);
    }
}
