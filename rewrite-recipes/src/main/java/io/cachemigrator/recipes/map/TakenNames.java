package io.cachemigrator.recipes.map;

import io.cachemigrator.recipes.services.LegacyType;
import io.cachemigrator.recipes.services.LegacyTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Finds other types with the names of replacements. */
final class TakenNames extends JavaIsoVisitor<AtomicBoolean> {
    private final Map<String, String> replacements;

    private TakenNames(Map<String, String> replacements) {
        this.replacements = replacements;
    }

    /** Whether a file has such a type. */
    static boolean in(J.CompilationUnit file, LegacyTypes types) {
        Map<String, String> replacements = new HashMap<>();
        for (LegacyType type : types.types()) {
            String name = type.replacement();
            boolean renamed = name != null && !type.name().endsWith("." + simple(name));
            if (name != null && renamed) {
                replacements.put(simple(name), name);
            }
        }
        AtomicBoolean taken = new AtomicBoolean();
        new TakenNames(replacements).visit(file, taken);
        return taken.get();
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration declaration, AtomicBoolean taken) {
        JavaType.FullyQualified type = declaration.getType();
        String replacement = replacements.get(declaration.getSimpleName());
        if (replacement != null
                && (type == null || !type.getFullyQualifiedName().equals(replacement))) {
            taken.set(true);
        }
        return super.visitClassDeclaration(declaration, taken);
    }

    @Override
    public J.Identifier visitIdentifier(J.Identifier name, AtomicBoolean taken) {
        String replacement = replacements.get(name.getSimpleName());
        boolean type = name.getFieldType() == null;
        if (replacement != null && type) {
            boolean variable = name.getType() instanceof JavaType.GenericTypeVariable;
            boolean other = name.getType() instanceof JavaType.FullyQualified named
                    && named.getFullyQualifiedName().replace('$', '.').endsWith("." + name.getSimpleName())
                    && !named.getFullyQualifiedName().equals(replacement);
            if (variable || other) {
                taken.set(true);
            }
        }
        return super.visitIdentifier(name, taken);
    }
}
