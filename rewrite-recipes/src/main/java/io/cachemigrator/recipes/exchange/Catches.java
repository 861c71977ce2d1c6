package io.cachemigrator.recipes.exchange;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeTree;

/** Rewrites catch clauses for failures that other code throws too, where they are about caches. */
final class Catches extends JavaVisitor<ExecutionContext> {
    private final Family family;
    private final Groups groups;

    Catches(Family family, Groups groups) {
        this.family = family;
        this.groups = groups;
    }

    @Override
    public Space visitSpace(@Nullable Space space, Space.Location location, ExecutionContext ctx) {
        return space == null ? Space.EMPTY : space;
    }

    @Override
    public J visitCatch(J.Try.Catch original, ExecutionContext ctx) {
        J.Try.Catch clause = (J.Try.Catch) super.visitCatch(original, ctx);
        for (J type : TryScanner.types(original)) {
            String name = type instanceof TypeTree tree ? Types.name(tree.getType()) : null;
            String replacement = name == null ? null : family.thrown().get(name);
            if (name != null && replacement != null && groups.isCaught(type.getId())) {
                clause = (J.Try.Catch) new CaughtType(type.getId(), name, replacement).visitNonNull(clause, ctx);
                maybeRemoveImport(name);
            }
        }
        return clause;
    }
}
