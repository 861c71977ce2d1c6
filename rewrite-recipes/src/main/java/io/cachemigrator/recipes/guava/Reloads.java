package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.exchange.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** Overrides of {@code CacheLoader.reload}, whose futures are of another kind in the new loader. */
final class Reloads {
    static final String LISTENABLE = GuavaTypes.CONCURRENT + "ListenableFuture";
    static final String FUTURES = GuavaTypes.CONCURRENT + "Futures";
    static final String COMPLETABLE = "java.util.concurrent.CompletableFuture";

    private static final Set<String> FINISHED = Set.of("immediateFuture", "immediateFailedFuture");

    private Reloads() {}

    /** Whether a method overrides that of a loader. */
    static boolean isOverride(J.MethodDeclaration declaration) {
        JavaType.Method method = declaration.getMethodType();
        return method != null
                && method.getName().equals("reload")
                && method.getParameterTypes().size() == 2
                && TypeUtils.isAssignableTo(GuavaTypes.LOADER, method.getDeclaringType());
    }

    /** Whether an override gives nothing but futures that are done, or what the loader above it gives. */
    static boolean canBeRewritten(J.MethodDeclaration declaration) {
        if (declaration.getReturnTypeExpression() == null
                || !LISTENABLE.equals(
                        Types.name(declaration.getReturnTypeExpression().getType()))
                || declaration.getBody() == null) {
            return false;
        }
        return results(declaration).stream().allMatch(it -> isFinished(it) || isInherited(it));
    }

    /** Whether an expression is {@code Futures.immediateFuture(...)} or the like. */
    static boolean isFinished(J expression) {
        return expression instanceof J.MethodInvocation call
                && call.getSelect() != null
                && call.getMethodType() != null
                && FUTURES.equals(Types.name(call.getMethodType().getDeclaringType()))
                && FINISHED.contains(call.getSimpleName());
    }

    private static boolean isInherited(Expression expression) {
        return expression instanceof J.MethodInvocation call
                && call.getSelect() instanceof J.Identifier name
                && name.getSimpleName().equals("super")
                && call.getSimpleName().equals("reload");
    }

    /** Expressions that a method returns, without those of lambdas and classes in it. */
    static List<Expression> results(J.MethodDeclaration declaration) {
        List<Expression> results = new ArrayList<>();
        new JavaIsoVisitor<List<Expression>>() {
            @Override
            public J.Return visitReturn(J.Return statement, List<Expression> into) {
                if (statement.getExpression() != null) {
                    into.add(statement.getExpression());
                }
                return statement;
            }

            @Override
            public J.Lambda visitLambda(J.Lambda lambda, List<Expression> into) {
                return lambda;
            }

            @Override
            public J.NewClass visitNewClass(J.NewClass construction, List<Expression> into) {
                return construction;
            }

            @Override
            public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration inner, List<Expression> into) {
                return inner;
            }
        }.visit(declaration.getBody(), results);
        return results;
    }
}
