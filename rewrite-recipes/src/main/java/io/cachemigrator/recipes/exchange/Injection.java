package io.cachemigrator.recipes.exchange;

import java.util.List;
import java.util.Set;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.J;

/** Caches that a container hands from one class to another: no call ties those who give to those who take. */
final class Injection {
    private static final Set<String> STEREOTYPES = Set.of(
            "Component",
            "Service",
            "Repository",
            "Controller",
            "RestController",
            "Configuration",
            "Named",
            "Singleton",
            "ApplicationScoped",
            "RequestScoped");
    private static final Set<String> POINTS = Set.of("Bean", "Autowired", "Inject", "Produces", "Provides", "Resource");

    private final Family family;

    Injection(Family family) {
        this.family = family;
    }

    /** A field that is filled by a container. */
    void field(J.VariableDeclarations variables, FileUses file) {
        if (has(POINTS, variables.getLeadingAnnotations()) && family.within(variables.getType())) {
            file.meetings().add(Links.INJECTED);
        }
    }

    /** A method or constructor that a container calls. */
    void method(J.MethodDeclaration declaration, Cursor cursor, FileUses file) {
        if (declaration.getMethodType() == null || !family.within(declaration.getMethodType())) {
            return;
        }
        J.ClassDeclaration owner = cursor.firstEnclosing(J.ClassDeclaration.class);
        boolean byStereotype =
                declaration.isConstructor() && owner != null && has(STEREOTYPES, owner.getLeadingAnnotations());
        if (byStereotype || has(POINTS, declaration.getLeadingAnnotations())) {
            file.meetings().add(Links.INJECTED);
        }
    }

    private static boolean has(Set<String> names, List<J.Annotation> annotations) {
        return annotations.stream().anyMatch(it -> names.contains(it.getSimpleName()));
    }
}
