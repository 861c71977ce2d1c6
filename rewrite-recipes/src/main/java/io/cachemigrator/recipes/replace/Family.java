package io.cachemigrator.recipes.replace;

import io.cachemigrator.recipes.services.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** The types of a library that are replaced, and what is known of their members. Immutable. */
public abstract class Family {
    private static final int DEEPEST = 6;

    private final List<String> packages;
    private final Map<String, String> renames;
    private final Map<String, String> thrown;

    /**
     * A family.
     *
     * @param packages what the names of its types start with, such as {@code com.acme.cache.}
     * @param renames replacements by name; types that are renamed wherever they stand
     * @param thrown replacements by name of what it throws; renamed only where a replaced type throws it
     */
    protected Family(List<String> packages, Map<String, String> renames, Map<String, String> thrown) {
        this.packages = List.copyOf(packages);
        this.renames = Map.copyOf(renames);
        this.thrown = Map.copyOf(thrown);
    }

    /** Types that are renamed wherever they stand. */
    public final Map<String, String> renames() {
        return renames;
    }

    /** What is thrown, and renamed only where a replaced type throws it. */
    final Map<String, String> thrown() {
        return thrown;
    }

    /**
     * Why a call, a construction or a reference stays; null when it need not.
     *
     * @param type name of the replaced type that it is called on, or that is made
     * @param method what is called
     * @param arguments as they are written; empty for a reference
     * @param cursor at the expression
     */
    protected abstract @Nullable Refusal member(
            String type, JavaType.Method method, List<Expression> arguments, Cursor cursor);

    /** Why a type of the family stays that is not replaced. */
    protected abstract Refusal unreplaced(String type);

    /** Names of places where what a call writes is met by what others do; files at one place are one group. */
    protected Set<String> meetings(String type, JavaType.Method method) {
        return Set.of();
    }

    /** What is not quite the same after a call is rewritten; null when nothing is. */
    protected @Nullable Refusal adapted(String type, JavaType.Method method) {
        return null;
    }

    /** Why a call of something else keeps everything that is replaced where it is; null when it does not. */
    protected @Nullable Refusal elsewhere(JavaType.Method method) {
        return null;
    }

    /** Changes more than names in a file that is rewritten; null when there is nothing. Made anew for each file. */
    protected @Nullable JavaVisitor<ExecutionContext> rewriter() {
        return null;
    }

    /** Whether a library, by the start of its names, throws nothing that a replaced type throws. */
    protected boolean isNeutral(String owner) {
        return Stream.of("org.slf4j.", "org.apache.logging.", "org.apache.commons.", "com.fasterxml.", "com.google.")
                .anyMatch(owner::startsWith);
    }

    /** Name of a type without type arguments; null for arrays, variables and primitives. */
    public static @Nullable String name(@Nullable JavaType type) {
        if (type instanceof JavaType.Array || type instanceof JavaType.GenericTypeVariable) {
            return null;
        }
        JavaType.FullyQualified qualified = TypeUtils.asFullyQualified(type);
        return qualified == null ? null : qualified.getFullyQualifiedName();
    }

    /** The name as people write it: {@code Outer.Inner}. */
    static String shown(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    /** Whether a type is one of the family, beside what it throws. */
    final boolean owns(@Nullable String name) {
        return name != null && !thrown.containsKey(name) && packages.stream().anyMatch(name::startsWith);
    }

    /** Whether a type is one of the family or what it throws. */
    final boolean names(@Nullable String name) {
        return owns(name) || (name != null && thrown.containsKey(name));
    }

    final boolean isReplaced(@Nullable String name) {
        return name != null && renames.containsKey(name);
    }

    /** Whether a type is a replacement. */
    final boolean isNew(@Nullable String name) {
        return name != null && (renames.containsValue(name) || thrown.containsValue(name));
    }

    /** Simple names that a file may get. */
    final Set<String> newNames() {
        return Stream.of(renames.values(), thrown.values())
                .flatMap(Collection::stream)
                .map(Family::simple)
                .collect(Collectors.toSet());
    }

    /** The replaced type that a member belongs to, by the receiver or else by its declaration; null when none is. */
    final @Nullable String receiver(JavaType.Method method, @Nullable Expression select) {
        String of = select == null ? null : name(select.getType());
        String owner = method.getDeclaringType().getFullyQualifiedName();
        return isReplaced(of) ? of : isReplaced(owner) ? owner : null;
    }

    /** Whether a type of the family is somewhere in a type: itself, its type arguments, bounds or elements. */
    final boolean within(@Nullable JavaType type) {
        return within(type, 0);
    }

    private boolean within(@Nullable JavaType type, int depth) {
        if (type == null || depth > DEEPEST) {
            return false;
        }
        if (type instanceof JavaType.Array array) {
            return within(array.getElemType(), depth + 1);
        }
        if (type instanceof JavaType.Parameterized parameterized) {
            return within(parameterized.getType(), depth + 1)
                    || parameterized.getTypeParameters().stream().anyMatch(it -> within(it, depth + 1));
        }
        if (type instanceof JavaType.GenericTypeVariable variable) {
            return variable.getBounds().stream().anyMatch(it -> within(it, depth + 1));
        }
        return owns(name(type));
    }

    /** Whether a method's signature names a type of the family. */
    final boolean within(JavaType.Method method) {
        return within(method.getReturnType())
                || method.getParameterTypes().stream().anyMatch(this::within);
    }

    /** Whether a class is of the platform, whose signatures never name a type of a library. */
    static boolean isPlatform(@Nullable String name) {
        return name != null && (name.startsWith("java.") || name.startsWith("javax."));
    }
}
