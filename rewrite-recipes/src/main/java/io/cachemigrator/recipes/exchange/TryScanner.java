package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.exchange.FileUses.Catch;
import io.cachemigrator.recipes.exchange.FileUses.Use;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.NameTree;
import org.openrewrite.java.tree.TypeTree;

/** What is called in a try statement, which decides what its catch clauses are about. */
final class TryScanner extends JavaIsoVisitor<Integer> {
    private final Family family;
    private final Set<String> called = new LinkedHashSet<>();
    private boolean cache;
    private boolean foreign;

    private TryScanner(Family family) {
        this.family = family;
    }

    /** The catch clauses of a try for failures of loads. */
    static List<Catch> scan(Family family, J.Try statement, Sites sites) {
        List<Catch> found = new ArrayList<>();
        TryScanner scanner = new TryScanner(family);
        scanner.visit(statement.getBody(), 0);
        if (statement.getResources() != null) {
            statement.getResources().forEach(resource -> scanner.visit(resource, 0));
        }
        for (J.Try.Catch clause : statement.getCatches()) {
            for (J type : types(clause)) {
                String name = type instanceof NameTree tree ? Types.name(tree.getType()) : null;
                boolean shared = name != null && family.thrown().containsKey(name);
                if (name != null && (shared || family.ownFailures().contains(name))) {
                    Use at = sites.use(type, Types.shown(name), null);
                    found.add(new Catch(at, scanner.cache, scanner.foreign, Set.copyOf(scanner.called), shared));
                }
            }
        }
        return found;
    }

    /** The types that a clause catches. */
    static List<J> types(J.Try.Catch clause) {
        TypeTree type = clause.getParameter().getTree().getTypeExpression();
        if (type instanceof J.MultiCatch several) {
            return List.copyOf(several.getAlternatives());
        }
        return type == null ? List.of() : List.of(type);
    }

    private void sees(Throws kind, JavaType.Method method) {
        switch (kind) {
            case LOAD -> cache = true;
            case FOREIGN -> foreign = true;
            case UNKNOWN -> called.add(method.getDeclaringType().getFullyQualifiedName());
            case NOTHING -> {}
        }
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, Integer p) {
        JavaType.Method method = call.getMethodType();
        Throws kind = family.thrownBy(method, call.getSelect());
        if (method == null) {
            foreign = true;
        } else {
            sees(kind, method);
        }
        if (kind != Throws.LOAD) {
            return super.visitMethodInvocation(call, p);
        }
        // what a loader throws comes out as a failure of the load
        visit(call.getSelect(), p);
        for (Expression argument : call.getArguments()) {
            boolean loader = argument instanceof J.Lambda
                    || argument instanceof J.MemberReference
                    || (argument instanceof J.NewClass made && made.getBody() != null);
            if (!loader) {
                visit(argument, p);
            }
        }
        return call;
    }

    @Override
    public J.MemberReference visitMemberReference(J.MemberReference reference, Integer p) {
        JavaType.Method method = reference.getMethodType();
        if (method != null) {
            sees(family.thrownBy(method, reference.getContaining()), method);
        }
        return super.visitMemberReference(reference, p);
    }

    @Override
    public J.NewClass visitNewClass(J.NewClass construction, Integer p) {
        JavaType.Method constructor = construction.getConstructorType();
        if (isForeign(family, construction)) {
            foreign = true;
        } else if (constructor != null) {
            sees(family.thrownBy(constructor, null), constructor);
        }
        return super.visitNewClass(construction, p);
    }

    /** Whether a construction is of something that other code throws in place of a cache. */
    static boolean isForeign(Family family, J.NewClass construction) {
        String name = Types.name(construction.getType());
        return name != null && family.thrown().containsKey(name);
    }
}
