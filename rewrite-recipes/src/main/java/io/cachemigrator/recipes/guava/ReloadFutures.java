package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.exchange.Pieces;
import java.util.List;
import java.util.Set;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.NameTree;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeTree;

/** Turns the futures of an override of {@code CacheLoader.reload} into those of the platform. */
final class ReloadFutures extends JavaVisitor<ExecutionContext> {
    private final Set<Expression> results;
    private final JavaType.FullyQualified future = Pieces.type(Reloads.COMPLETABLE);

    /** With the expressions that the override returns. */
    ReloadFutures(Set<Expression> results) {
        this.results = results;
    }

    @Override
    public J visitMethodDeclaration(J.MethodDeclaration declaration, ExecutionContext ctx) {
        J.MethodDeclaration visited = (J.MethodDeclaration) super.visitMethodDeclaration(declaration, ctx);
        TypeTree result = declaration.getReturnTypeExpression();
        JavaType.Method method = declaration.getMethodType();
        if (!Reloads.isOverride(declaration) || result == null || method == null) {
            return visited;
        }
        JavaType.Method changed = method.withReturnType(future);
        return visited.withReturnTypeExpression(renamed(result))
                .withMethodType(changed)
                .withName(visited.getName().withType(changed));
    }

    private TypeTree renamed(TypeTree result) {
        if (result instanceof J.ParameterizedType parameterized) {
            NameTree name = (NameTree) renamed((TypeTree) parameterized.getClazz());
            return parameterized.withClazz(name).withType(future);
        }
        return Pieces.identifier("CompletableFuture", future).withPrefix(result.getPrefix());
    }

    @Override
    public J visitMethodInvocation(J.MethodInvocation call, ExecutionContext ctx) {
        J.MethodInvocation visited = (J.MethodInvocation) super.visitMethodInvocation(call, ctx);
        if (results.stream().noneMatch(it -> it.getId().equals(call.getId())) || !Reloads.isFinished(call)) {
            return visited;
        }
        boolean failed = call.getSimpleName().equals("immediateFailedFuture");
        String name = failed ? "failedFuture" : "completedFuture";
        JavaType argument = Pieces.type(failed ? "java.lang.Throwable" : "java.lang.Object");
        JavaType.Method method = Pieces.method(future, true, name, future, List.of(argument));
        J.MethodInvocation changed = visited.withName(
                        visited.getName().withSimpleName(name).withType(method))
                .withMethodType(method);
        J.Identifier select = Pieces.identifier("CompletableFuture", future);
        Space space = call.getSelect() == null ? Space.EMPTY : call.getSelect().getPrefix();
        return changed.getPadding().withSelect(JRightPadded.build((Expression) select.withPrefix(space)));
    }
}
