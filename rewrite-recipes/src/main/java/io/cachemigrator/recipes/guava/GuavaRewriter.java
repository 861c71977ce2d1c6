package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.exchange.Pieces;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JLeftPadded;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.marker.Markers;

/** Rewrites what is more than the name of a type; the names are changed afterwards. */
final class GuavaRewriter extends JavaVisitor<ExecutionContext> {
    static final Refusal TICKER_READ =
            new Refusal("TICKER_READ", "The ticker stays one of Guava; the cache reads it through a method reference.");
    static final Refusal COPIED = new Refusal(
            "IMMUTABLE_MAP", "The map stays an ImmutableMap, into which the result of the cache is copied.");

    @Override
    public Space visitSpace(@Nullable Space space, Space.Location location, ExecutionContext ctx) {
        return space == null ? Space.EMPTY : space;
    }

    @Override
    public J visitImport(J.Import statement, ExecutionContext ctx) {
        return statement;
    }

    @Override
    public J visitMethodInvocation(J.MethodInvocation original, ExecutionContext ctx) {
        boolean copied = MapResults.isBulk(original.getMethodType()) && !MapResults.mayBePlain(getCursor());
        J.MethodInvocation call = (J.MethodInvocation) super.visitMethodInvocation(original, ctx);
        JavaType.Method method = original.getMethodType();
        if (method == null) {
            return call;
        }
        if (copied) {
            return copy(call);
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        if (!owner.equals(GuavaTypes.BUILDER)) {
            return call;
        }
        if (call.getSimpleName().equals("ticker")) {
            return ticker(call, method);
        }
        return call.getSimpleName().equals("from") && CallRules.takesSpec(method) ? text(call, method) : call;
    }

    private J copy(J.MethodInvocation call) {
        maybeAddImport(GuavaTypes.IMMUTABLE_MAP, false);
        return MapResults.copyOf(call);
    }

    private static J ticker(J.MethodInvocation call, JavaType.Method method) {
        Expression ticker = call.getArguments().get(0);
        JavaType.FullyQualified supplier = Pieces.type("java.util.function.LongSupplier");
        JavaType.FullyQualified type = Pieces.type(GuavaTypes.TICKER);
        JavaType.Method read = Pieces.method(type, false, "read", JavaType.Primitive.Long, List.of());
        J.MemberReference reference = new J.MemberReference(
                Tree.randomId(),
                ticker.getPrefix(),
                Markers.EMPTY,
                JRightPadded.build(ticker.withPrefix(Space.EMPTY)),
                null,
                JLeftPadded.build(Pieces.identifier("read", null)),
                supplier,
                read,
                null);
        JavaType.Method changed = method.withParameterTypes(List.of(supplier));
        return call.withArguments(List.of(reference))
                .withMethodType(changed)
                .withName(call.getName().withType(changed));
    }

    private J text(J.MethodInvocation call, JavaType.Method method) {
        J.MethodInvocation parse = CallRules.parsed(call.getArguments().get(0));
        if (parse == null) {
            return call;
        }
        maybeRemoveImport(GuavaTypes.SPEC);
        maybeRemoveImport(GuavaTypes.SPEC + ".parse");
        Expression text = parse.getArguments().get(0);
        JavaType.Method changed = method.withParameterTypes(List.of(Pieces.type("java.lang.String")));
        return call.withArguments(List.of(text.withPrefix(parse.getPrefix())))
                .withMethodType(changed)
                .withName(call.getName().withType(changed));
    }

    @Override
    public J visitMethodDeclaration(J.MethodDeclaration original, ExecutionContext ctx) {
        J.MethodDeclaration declaration = (J.MethodDeclaration) super.visitMethodDeclaration(original, ctx);
        if (!Reloads.isOverride(original)) {
            return declaration;
        }
        Set<Expression> results = Set.copyOf(Reloads.results(declaration));
        J.MethodDeclaration changed = (J.MethodDeclaration) new ReloadFutures(results).visitNonNull(declaration, ctx);
        maybeAddImport(Reloads.COMPLETABLE, false);
        maybeRemoveImport(Reloads.LISTENABLE);
        maybeRemoveImport(Reloads.FUTURES);
        maybeRemoveImport(Reloads.FUTURES + ".immediateFuture");
        maybeRemoveImport(Reloads.FUTURES + ".immediateFailedFuture");
        return changed;
    }
}
