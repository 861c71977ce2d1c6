package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.services.Refusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/**
 * A cache family whose types are exchanged by others with the same methods: which types those are, and what is special
 * about some of their members. One for each run of a recipe. Names are full ones, with {@code $} before nested types.
 */
public abstract class Family {
    private static final int DEEPEST = 6;

    private final Map<String, String> renames;
    private final List<String> packages;
    private final List<String> replacementPackages;

    /**
     * With what is exchanged.
     *
     * @param renames new names by old ones, nested types before those around them
     * @param packages what the names of all types of the family begin with, with the last dot
     * @param replacementPackages what the names of all replacements begin with, with the last dot
     */
    protected Family(Map<String, String> renames, List<String> packages, List<String> replacementPackages) {
        this.renames = Collections.unmodifiableMap(new LinkedHashMap<>(renames));
        this.packages = List.copyOf(packages);
        this.replacementPackages = List.copyOf(replacementPackages);
    }

    /** New names of the types that are renamed wherever they stand, by old ones, in the order in which that is done. */
    public final Map<String, String> renames() {
        return renames;
    }

    /**
     * New names of failures that other code throws too; they are renamed in catch clauses for caches only, and a use
     * elsewhere keeps all files that load. None by default.
     */
    public Map<String, String> thrown() {
        return Map.of();
    }

    /** Renamed types that only calls of caches throw, so that a catch clause ties a file to those calls. None by default. */
    public Set<String> ownFailures() {
        return Set.of();
    }

    /** What a call, a reference to a method or a construction may throw. {@link Throws#NOTHING} by default. */
    public Throws thrownBy(JavaType.@Nullable Method method, @Nullable Expression select) {
        return Throws.NOTHING;
    }

    /** Why a name of a type of the family stays; null when it is renamed. */
    public @Nullable Refusal mention(String name) {
        return isReplaced(name)
                ? null
                : Refusal.noCounterpart(Types.shown(name), "Write down what it is used for, and do that by hand.");
    }

    /** Why a class that extends or implements a type of the family stays; null when it need not. */
    public @Nullable Refusal extension(JavaType parent) {
        return null;
    }

    /** Why a construction of a type of the family stays, also that of a nameless class; null when it need not. */
    public @Nullable Refusal construction(J.NewClass construction, String name) {
        return mention(name);
    }

    /** What becomes of the call of a member of a renamed type. It is rewritten by default. */
    public Verdict call(J.MethodInvocation call, JavaType.Method method, Cursor cursor) {
        return Verdict.REWRITTEN;
    }

    /** Why a reference to a method of a renamed type stays; null when it need not. */
    public @Nullable Refusal reference(J.MemberReference reference, JavaType.Method method) {
        return null;
    }

    /** The type that a member is called on: by default the one that declares it. */
    public String owner(JavaType.Method method, @Nullable Expression select) {
        return method.getDeclaringType().getFullyQualifiedName();
    }

    /**
     * Names of places where what a member does is met by what others do; all files at one place are one group. None by default.
     *
     * @param owner as {@link #owner} has it
     */
    public Set<String> meetings(String owner, JavaType.Method method) {
        return Set.of();
    }

    /** Why a call of something else keeps every file that loads, and itself, as it is; null when it does not. */
    public @Nullable Refusal elsewhere(JavaType.Method method) {
        return null;
    }

    /** Why something that stands in for a type of the family in a test stays; null when it is renamed. */
    public @Nullable Refusal standIn() {
        return null;
    }

    /** Why a use of a field of a renamed type stays, such as a constant; null when it need not. */
    public @Nullable Refusal field(JavaType.Variable field) {
        return null;
    }

    /** What is to be asked about a call or construction when all files were seen; it gives null when the use need not stay. */
    public @Nullable Supplier<@Nullable Refusal> later(J use, JavaType.Method method, List<Expression> arguments) {
        return null;
    }

    /** Another file than a source, such as a configuration. Nothing is done with it by default. */
    public void resource(String path, Supplier<String> text) {}

    /** A declaration that is a use by itself, such as an override whose signature changes. */
    public @Nullable Declared declared(J.MethodDeclaration declaration) {
        return null;
    }

    /** Why a value must not go where a type is wanted; null when it may. The value has a type of the family or not. */
    public @Nullable Refusal given(JavaType target, Expression value) {
        return null;
    }

    /** Rewrites what is more than the name of a type, in a file that is rewritten, before names are changed. */
    public TreeVisitor<?, ExecutionContext> rewriter() {
        return new JavaVisitor<>();
    }

    /**
     * A declaration that is a use.
     *
     * @param api type and member, as people write it
     * @param refusal why it stays; null when it is rewritten
     */
    public record Declared(String api, @Nullable Refusal refusal) {}

    /** Whether a name is one of the family's packages, and none of what it throws. */
    public final boolean isOwn(@Nullable String name) {
        return name != null && !thrown().containsKey(name) && packages.stream().anyMatch(name::startsWith);
    }

    /** Whether a type is renamed. */
    public final boolean isReplaced(@Nullable String name) {
        return name != null && renames.containsKey(name);
    }

    /** What the names of all types of the family begin with. */
    final List<String> packages() {
        return packages;
    }

    /** Whether a name is one of the packages of the replacements. */
    final boolean isReplacement(String name) {
        return replacementPackages.stream().anyMatch(name::startsWith);
    }

    /** Simple names that a file gets by the renaming and that no other type in it may have. */
    final Set<String> newNames() {
        Set<String> names = new TreeSet<>();
        renames.forEach((old, now) -> {
            if (!Types.simple(old).equals(Types.simple(now))) {
                names.add(Types.simple(now));
            }
        });
        thrown().values().forEach(now -> names.add(Types.simple(now)));
        return names;
    }

    /** Whether a type of the family is somewhere in a type: itself, its type arguments, bounds or elements. */
    public final boolean within(@Nullable JavaType type) {
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
        return isOwn(Types.name(type));
    }

    /** Whether a method's signature names a type of the family. */
    public final boolean within(JavaType.Method method) {
        return within(method.getReturnType())
                || method.getParameterTypes().stream().anyMatch(this::within);
    }
}
