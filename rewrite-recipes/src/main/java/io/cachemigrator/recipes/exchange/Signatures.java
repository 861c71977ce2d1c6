package io.cachemigrator.recipes.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Statement;

/** Finds methods of one class that differ in nothing any more when several types get one replacement. */
final class Signatures {
    private final Family family;

    Signatures(Family family) {
        this.family = family;
    }

    /** Names of methods that would have the signature of another. */
    List<J.Identifier> clashes(J.ClassDeclaration declaration) {
        Set<String> signatures = new HashSet<>();
        List<J.Identifier> clashes = new ArrayList<>();
        for (Statement member : declaration.getBody().getStatements()) {
            if (member instanceof J.MethodDeclaration method && method.getMethodType() != null) {
                String signature = method.getMethodType().getParameterTypes().stream()
                        .map(this::afterwards)
                        .collect(Collectors.joining(",", method.getSimpleName() + "(", ")"));
                if (!signatures.add(signature)) {
                    clashes.add(method.getName());
                }
            }
        }
        return clashes;
    }

    private String afterwards(JavaType type) {
        if (type instanceof JavaType.Array array) {
            return afterwards(array.getElemType()) + "[]";
        }
        String name = Types.name(type);
        return name == null ? type.toString() : family.renames().getOrDefault(name, name);
    }
}
