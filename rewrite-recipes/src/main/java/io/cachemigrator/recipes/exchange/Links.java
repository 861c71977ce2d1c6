package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.exchange.FileUses.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** Notes which other classes must agree with a file on a type of the family. */
final class Links {
    static final String UNTYPED = "values without their type";
    static final String INJECTED = "injection";

    private final Family family;
    private final FileUses file;
    private final Sites sites;
    private final Set<String> mentioned = new HashSet<>();

    Links(Family family, FileUses file, Sites sites) {
        this.family = family;
        this.file = file;
        this.sites = sites;
    }

    /** A class whose declaration must agree, unless it is the family's own. */
    private void agree(JavaType.@Nullable FullyQualified type, J at, String member) {
        String name = type == null ? null : type.getFullyQualifiedName();
        if (name != null && !family.isOwn(name) && !Types.isPlatform(name)) {
            String api = Types.shown(name) + (member.isEmpty() ? "" : "." + member);
            file.links().add(new Link(name, sites.at(at, api, null)));
        }
    }

    /** A call of a method, or a reference to one. */
    void call(JavaType.@Nullable Method method, J at) {
        if (method != null && family.within(declared(method))) {
            agree(method.getDeclaringType(), at, method.isConstructor() ? "<init>" : method.getName());
        }
    }

    /** A use of a field. */
    void field(JavaType.@Nullable Variable field, J at) {
        if (field != null
                && field.getOwner() instanceof JavaType.FullyQualified owner
                && family.within(field.getType())) {
            agree(owner, at, field.getName());
        }
    }

    /** A declaration of a method agrees with what it overrides. */
    void override(JavaType.@Nullable Method method, J at) {
        if (method != null && !method.isConstructor() && family.within(method)) {
            override(method.getDeclaringType(), method, at);
        }
    }

    private void override(JavaType.FullyQualified type, JavaType.Method method, J at) {
        for (JavaType.FullyQualified above : above(type)) {
            boolean overridden = above.getMethods().stream()
                    .anyMatch(it -> it.getName().equals(method.getName())
                            && it.getParameterTypes().size()
                                    == method.getParameterTypes().size()
                            && family.within(it));
            if (overridden) {
                agree(above, at, method.getName());
            }
            override(above, method, at);
        }
    }

    /** A lambda agrees with the function that it implements. */
    void function(@Nullable JavaType type, J at) {
        JavaType.FullyQualified function = TypeUtils.asFullyQualified(type);
        if (function != null) {
            function.getMethods().stream()
                    .filter(family::within)
                    .findFirst()
                    .ifPresent(method -> agree(function, at, method.getName()));
        }
    }

    /** A class that extends something with a type of the caches binds who names it. */
    void mention(@Nullable JavaType type, J at) {
        JavaType.FullyQualified qualified = type instanceof JavaType.Array ? null : TypeUtils.asFullyQualified(type);
        if (qualified == null
                || family.isOwn(qualified.getFullyQualifiedName())
                || Types.isPlatform(qualified.getFullyQualifiedName())
                || !mentioned.add(qualified.getFullyQualifiedName())) {
            return;
        }
        if (inherits(qualified, 0)) {
            agree(qualified, at, "");
        }
    }

    private boolean inherits(JavaType.FullyQualified type, int depth) {
        return depth < 8 && above(type).stream().anyMatch(it -> family.within(it) || inherits(it, depth + 1));
    }

    private static List<JavaType.FullyQualified> above(JavaType.FullyQualified type) {
        List<JavaType.FullyQualified> above = new ArrayList<>(type.getInterfaces());
        if (type.getSupertype() != null) {
            above.add(type.getSupertype());
        }
        return above;
    }

    /** A value that is handed on as a mere object may meet a cast elsewhere. */
    void escape(@Nullable JavaType target, @Nullable Expression value) {
        if (value != null
                && family.isOwn(Types.name(value.getType()))
                && TypeUtils.isOfClassType(target, "java.lang.Object")) {
            file.meetings().add(UNTYPED);
        }
    }

    /** A method as its class declares it, without what a call makes of its type parameters. */
    private JavaType.Method declared(JavaType.Method call) {
        List<JavaType.Method> candidates = call.getDeclaringType().getMethods().stream()
                .filter(method -> method.getName().equals(call.getName())
                        && method.getParameterTypes().size()
                                == call.getParameterTypes().size())
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        return candidates.stream()
                .filter(family::within)
                .findFirst()
                .orElse(candidates.isEmpty() ? call : candidates.get(0));
    }
}
