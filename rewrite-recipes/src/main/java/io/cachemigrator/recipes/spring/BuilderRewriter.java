package io.cachemigrator.recipes.spring;

import io.cachemigrator.recipes.exchange.Types;
import java.util.List;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeTree;

/** Gives a cache manager a builder of local caches where it was given one of Caffeine. */
final class BuilderRewriter extends JavaVisitor<ExecutionContext> {
    private static final String BUILDER = "io.cachemigrator.cache.local.LocalCacheBuilder";

    @Override
    public J visitMethodInvocation(J.MethodInvocation original, ExecutionContext ctx) {
        J.MethodInvocation call = (J.MethodInvocation) super.visitMethodInvocation(original, ctx);
        JavaType.Method method = call.getMethodType();
        if (method == null
                || !method.getName().equals("setCaffeine")
                || !SpringFamily.CAFFEINE_MANAGER.equals(Types.name(method.getDeclaringType()))) {
            return call;
        }
        JavaType.FullyQualified builder = JavaType.ShallowClass.build(BUILDER);
        JavaType.Method changed = method.withName("setCacheBuilder").withParameterTypes(List.of(builder));
        Chain links = new Chain();
        Expression chain = (Expression) links.visitNonNull(call.getArguments().get(0), ctx);
        if (links.isShort) {
            maybeRemoveImport(CaffeineBuilders.CAFFEINE);
            maybeAddImport(BUILDER, false);
        }
        return call.withArguments(List.of(chain))
                .withName(call.getName().withSimpleName("setCacheBuilder").withType(changed))
                .withMethodType(changed);
    }

    /** The links of a builder, from the first on. */
    private static final class Chain extends JavaIsoVisitor<ExecutionContext> {
        private final JavaType.FullyQualified builder = JavaType.ShallowClass.build(BUILDER);
        private boolean isShort;

        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation original, ExecutionContext ctx) {
            JavaType.Method method = original.getMethodType();
            if (method == null || !CaffeineBuilders.CAFFEINE.equals(Types.name(method.getDeclaringType()))) {
                return original;
            }
            Expression select = original.getSelect();
            Expression changed = CaffeineBuilders.isStart(original) && select != null ? named(select) : select;
            J.MethodInvocation call = original.withSelect(changed);
            if (changed instanceof J.MethodInvocation link) {
                call = call.withSelect(visitMethodInvocation(link, ctx));
            }
            JavaType.Method type = method.withDeclaringType(builder).withReturnType(builder);
            return call.withMethodType(type).withName(call.getName().withType(type));
        }

        private Expression named(Expression written) {
            if (written instanceof J.FieldAccess) {
                J.FieldAccess full = TypeTree.build(BUILDER);
                return full.withType(builder).withPrefix(written.getPrefix());
            }
            isShort = true;
            return written instanceof J.Identifier name
                    ? name.withSimpleName("LocalCacheBuilder").withType(builder)
                    : written;
        }
    }
}
