package io.cachemigrator.recipes.replace;

import io.cachemigrator.recipes.replace.FileUses.Catch;
import io.cachemigrator.recipes.replace.FileUses.Use;
import io.cachemigrator.recipes.replace.Throwers.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.NameTree;
import org.openrewrite.java.tree.TypeTree;

/** What is called in a try statement, which decides what its catch clauses are about. */
final class TryScanner extends JavaIsoVisitor<Integer> {
    private final Set<String> called = new LinkedHashSet<>();
    private boolean own;
    private boolean foreign;
    private final Throwers throwers;

    private TryScanner(Family family) {
        this.throwers = new Throwers(family);
    }

    /** The catch clauses of a try for what a family throws. */
    static List<Catch> scan(Family family, J.Try statement, Sites sites) {
        List<Catch> found = new ArrayList<>();
        TryScanner scanner = new TryScanner(family);
        scanner.visit(statement.getBody(), 0);
        if (statement.getResources() != null) {
            statement.getResources().forEach(resource -> scanner.visit(resource, 0));
        }
        for (J.Try.Catch clause : statement.getCatches()) {
            for (J type : types(clause)) {
                String name = type instanceof NameTree tree ? Family.name(tree.getType()) : null;
                if (name != null && family.thrown().containsKey(name)) {
                    Use at = sites.use(type, Family.shown(name), null);
                    found.add(new Catch(at, scanner.own, scanner.foreign, Set.copyOf(scanner.called)));
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

    private void sees(Kind kind, JavaType.Method method) {
        switch (kind) {
            case OWN -> own = true;
            case FOREIGN -> foreign = true;
            case UNKNOWN -> called.add(method.getDeclaringType().getFullyQualifiedName());
            case NOTHING -> {}
        }
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, Integer p) {
        JavaType.Method method = call.getMethodType();
        Kind kind = throwers.kind(method, call.getSelect());
        if (method == null) {
            foreign = true;
        } else {
            sees(kind, method);
        }
        return super.visitMethodInvocation(call, p);
    }

    @Override
    public J.MemberReference visitMemberReference(J.MemberReference reference, Integer p) {
        JavaType.Method method = reference.getMethodType();
        if (method != null) {
            sees(throwers.kind(method, reference.getContaining()), method);
        }
        return super.visitMemberReference(reference, p);
    }

    @Override
    public J.NewClass visitNewClass(J.NewClass construction, Integer p) {
        JavaType.Method constructor = construction.getConstructorType();
        if (throwers.isForeign(construction)) {
            foreign = true;
        } else if (constructor != null) {
            sees(throwers.kind(constructor, null), constructor);
        }
        return super.visitNewClass(construction, p);
    }
}
