package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.exchange.Family;
import io.cachemigrator.recipes.exchange.Throws;
import io.cachemigrator.recipes.exchange.Types;
import io.cachemigrator.recipes.exchange.Verdict;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Caches of Guava. */
final class GuavaFamily extends Family {
    private static final List<String> BASES =
            List.of("AbstractCache", "AbstractLoadingCache", "ForwardingCache", "ForwardingLoadingCache");

    GuavaFamily() {
        super(GuavaTypes.renames(), List.of(GuavaTypes.CACHES), List.of(GuavaTypes.LOCAL));
    }

    @Override
    public Map<String, String> thrown() {
        return GuavaTypes.THROWN;
    }

    @Override
    public Set<String> ownFailures() {
        return Set.of(GuavaTypes.INVALID);
    }

    @Override
    public Throws thrownBy(JavaType.@Nullable Method method, @Nullable Expression select) {
        return Throwers.kind(method, select);
    }

    @Override
    public @Nullable Refusal mention(String name) {
        if (name.equals(GuavaTypes.SPEC)) {
            return GuavaRefusals.SPEC;
        }
        return BASES.stream().anyMatch(name::contains) ? GuavaRefusals.SUBCLASS : super.mention(name);
    }

    @Override
    public @Nullable Refusal extension(JavaType parent) {
        return GuavaTypes.isCache(parent) ? GuavaRefusals.SUBCLASS : null;
    }

    @Override
    public @Nullable Refusal construction(J.NewClass construction, String name) {
        return GuavaTypes.isCache(
                        construction.getClazz() == null
                                ? null
                                : construction.getClazz().getType())
                ? GuavaRefusals.SUBCLASS
                : mention(name);
    }

    @Override
    public Verdict call(J.MethodInvocation call, JavaType.Method method, Cursor cursor) {
        Refusal refusal = CallRules.call(call, method, cursor);
        J.MethodInvocation parse = CallRules.takesSpec(method)
                ? CallRules.parsed(call.getArguments().get(0))
                : null;
        if (parse != null && refusal == null) {
            return new Verdict(
                    null,
                    null,
                    Stream.<J>concat(Stream.of(parse), Stream.ofNullable(parse.getSelect()))
                            .toList());
        }
        if (call.getSimpleName().equals("ticker")) {
            return new Verdict(refusal, GuavaRewriter.TICKER_READ, List.of());
        }
        boolean copied = MapResults.isBulk(method) && !MapResults.mayBePlain(cursor);
        return new Verdict(refusal, copied ? GuavaRewriter.COPIED : null, List.of());
    }

    @Override
    public @Nullable Refusal reference(J.MemberReference reference, JavaType.Method method) {
        return CallRules.reference(reference, method);
    }

    @Override
    public @Nullable Declared declared(J.MethodDeclaration declaration) {
        if (!Reloads.isOverride(declaration)) {
            return null;
        }
        return new Declared("CacheLoader.reload", Reloads.canBeRewritten(declaration) ? null : GuavaRefusals.RELOAD);
    }

    /** The new cache is no function of Guava. */
    @Override
    public @Nullable Refusal given(JavaType target, Expression value) {
        String name = Types.name(target);
        return name != null && name.startsWith("com.google.common.base.") && GuavaTypes.isCache(value.getType())
                ? GuavaRefusals.FUNCTION
                : null;
    }

    @Override
    public TreeVisitor<?, ExecutionContext> rewriter() {
        return new GuavaRewriter();
    }
}
