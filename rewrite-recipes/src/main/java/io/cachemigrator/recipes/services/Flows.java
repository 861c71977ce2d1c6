package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.FileFacts.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** Notes how values of legacy types go between one file and the others. */
final class Flows {
    /** Where values meet that are handed on without their type. */
    static final String UNTYPED = "values without their type";

    private final LegacyTypes types;
    private final Elements elements;
    private final FileFacts facts;
    private final Set<String> mentioned = new HashSet<>();

    Flows(LegacyTypes types, FileFacts facts) {
        this.types = types;
        this.elements = new Elements(types);
        this.facts = facts;
    }

    /** A value goes to a variable, which another file may declare. */
    void assign(J variable, @Nullable JavaType type, Expression value) {
        String owner = elements.source(variable);
        if (owner != null) {
            facts.edge(bridged(type) ? Way.GIVES : Way.SHARES, owner);
        }
        escape(type, value);
    }

    /** Whether a method's signature names a legacy type. */
    boolean mentions(JavaType.Method method) {
        return types.within(method.getReturnType())
                || method.getParameterTypes().stream().anyMatch(types::within);
    }

    /** A method with a legacy type in its signature agrees with what it overrides. */
    void shareWithOverridden(JavaType.@Nullable FullyQualified type, JavaType.Method method) {
        if (type == null) {
            return;
        }
        for (JavaType.FullyQualified above : above(type)) {
            boolean overridden = above.getMethods().stream()
                    .anyMatch(it -> it.getName().equals(method.getName())
                            && it.getParameterTypes().size()
                                    == method.getParameterTypes().size()
                            && mentions(it));
            if (overridden && !types.has(above.getFullyQualifiedName())) {
                facts.edge(Way.SHARES, above.getFullyQualifiedName());
            }
            shareWithOverridden(above, method);
        }
    }

    private static List<JavaType.FullyQualified> above(JavaType.FullyQualified type) {
        List<JavaType.FullyQualified> above = new ArrayList<>(type.getInterfaces());
        if (type.getSupertype() != null) {
            above.add(type.getSupertype());
        }
        return above;
    }

    /** A lambda agrees with the function that it implements. */
    void shareFunction(@Nullable JavaType type) {
        JavaType.FullyQualified function = TypeUtils.asFullyQualified(type);
        if (function != null
                && !function.getFullyQualifiedName().startsWith("java.")
                && function.getMethods().stream().anyMatch(this::mentions)) {
            facts.edge(Way.SHARES, function.getFullyQualifiedName());
        }
    }

    /** A legacy value that is handed on as a mere object may meet a cast elsewhere. */
    void escape(@Nullable JavaType target, @Nullable Expression value) {
        if (value != null
                && types.exactly(value.getType()) != null
                && TypeUtils.isOfClassType(target, "java.lang.Object")) {
            facts.edge(Way.MEETS, UNTYPED);
        }
    }

    /** Arguments go to the file that declares the method. */
    void give(JavaType.@Nullable Method method, List<Expression> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            escape(parameter(method, i), arguments.get(i));
            String owner = elements.sink(method, i);
            if (owner != null) {
                facts.edge(bridged(elements.parameter(method, i)) ? Way.GIVES : Way.SHARES, owner);
            }
        }
    }

    private static @Nullable JavaType parameter(JavaType.@Nullable Method method, int argument) {
        if (method == null || argument >= method.getParameterTypes().size()) {
            return null;
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        boolean test = owner.startsWith("org.junit.") || owner.startsWith("org.assertj.");
        return test ? null : method.getParameterTypes().get(argument);
    }

    /** An expression takes its value from the file that declares what it reads. */
    void take(J tree, @Nullable JavaType type) {
        String owner = elements.source(tree);
        if (owner != null) {
            facts.edge(bridged(type) ? Way.TAKES : Way.SHARES, owner);
        }
        mention(type);
    }

    private boolean bridged(@Nullable JavaType type) {
        LegacyType legacy = types.exactly(type);
        return legacy != null && legacy.bridge() != null;
    }

    /** A class that extends a legacy type, or has one among its type arguments, binds who names it. */
    void mention(@Nullable JavaType type) {
        JavaType.FullyQualified qualified = type instanceof JavaType.Array ? null : TypeUtils.asFullyQualified(type);
        if (qualified == null
                || qualified.getFullyQualifiedName().startsWith("java.")
                || types.has(qualified.getFullyQualifiedName())
                || !mentioned.add(qualified.getFullyQualifiedName())) {
            return;
        }
        if (types.isSubtype(qualified)) {
            facts.refuse(Refusal.LEGACY_SUBTYPE);
        } else if (above(qualified).stream().anyMatch(types::within)) {
            facts.edge(Way.SHARES, qualified.getFullyQualifiedName());
        }
    }
}
