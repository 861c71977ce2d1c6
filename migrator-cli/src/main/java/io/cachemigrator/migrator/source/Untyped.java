package io.cachemigrator.migrator.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.openrewrite.SourceFile;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Finds names that could be legacy types or methods and whose type the parser could not find. */
final class Untyped {
    private final Set<String> types;
    private final Set<String> methods;

    /** Looks for simple names of legacy types, and of methods that few other classes have. */
    Untyped(Set<String> types, Set<String> methods) {
        this.types = Set.copyOf(types);
        this.methods = Set.copyOf(methods);
    }

    List<SourceProblem> in(List<SourceFile> trees) {
        List<SourceProblem> found = new ArrayList<>();
        for (SourceFile tree : trees) {
            if (tree instanceof J.CompilationUnit file) {
                List<String> names = new ArrayList<>();
                new Finder().visit(file, names);
                String path = file.getSourcePath().toString().replace('\\', '/');
                names.forEach(
                        name -> found.add(
                                new SourceProblem(
                                        path,
                                        line(file.printAll(), name),
                                        "The type of " + name
                                                + " is unknown, so that a legacy use may hide here. Complete the project's dependencies.")));
            }
        }
        return found.stream().distinct().toList();
    }

    private static int line(String text, String name) {
        int at = text.indexOf(name);
        return at < 0
                ? 1
                : 1
                        + (int) text.substring(0, at)
                                .chars()
                                .filter(it -> it == '\n')
                                .count();
    }

    private final class Finder extends JavaIsoVisitor<List<String>> {
        @Override
        public J.Import visitImport(J.Import statement, List<String> names) {
            return statement;
        }

        /** The names of methods and constructors, which have no type of their own. */
        private final Set<UUID> declared = new HashSet<>();

        @Override
        public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration declaration, List<String> names) {
            declared.add(declaration.getName().getId());
            return super.visitMethodDeclaration(declaration, names);
        }

        @Override
        public J.Identifier visitIdentifier(J.Identifier name, List<String> names) {
            JavaType type = name.getType();
            if (declared.contains(name.getId())) {
                return name;
            }
            if (types.contains(name.getSimpleName()) && (type == null || type instanceof JavaType.Unknown)) {
                names.add(name.getSimpleName());
            }
            return name;
        }

        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, List<String> names) {
            if (methods.contains(call.getSimpleName()) && call.getMethodType() == null) {
                names.add(call.getSimpleName());
            }
            return super.visitMethodInvocation(call, names);
        }
    }
}
