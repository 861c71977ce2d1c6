package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.services.Refusal;
import java.util.Set;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.J;

/** Notes where something is made that stands in for a type of the family, such as a mock. */
final class StandIns {
    private static final Set<String> ANNOTATIONS =
            Set.of("Mock", "MockBean", "MockitoBean", "Spy", "SpyBean", "InjectMock");
    private static final Set<String> METHODS = Set.of("mock", "spy", "createMock", "niceMock", "mockConstruction");

    private final Family family;
    private final FileUses file;
    private final Sites sites;

    StandIns(Family family, FileUses file, Sites sites) {
        this.family = family;
        this.file = file;
        this.sites = sites;
    }

    /** A variable that a library for tests may fill. */
    void variables(J.VariableDeclarations variables) {
        Refusal refusal = family.standIn();
        if (refusal != null
                && family.within(variables.getType())
                && variables.getLeadingAnnotations().stream()
                        .anyMatch(it -> ANNOTATIONS.contains(it.getSimpleName()))) {
            file.add(sites.at(variables, "a stand-in", refusal));
        }
    }

    /** A class literal that may go to what makes a stand-in. */
    void literal(J.FieldAccess access, Cursor cursor) {
        Refusal refusal = family.standIn();
        if (refusal != null
                && access.getSimpleName().equals("class")
                && family.isReplaced(Types.name(access.getTarget().getType()))
                && cursor.getParentTreeCursor().getValue() instanceof J.MethodInvocation call
                && METHODS.contains(call.getSimpleName())) {
            file.add(sites.at(access, "class literal", refusal));
        }
    }
}
