package io.cachemigrator.recipes.services;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;

/**
 * Keeps the imports of a file as its authors arranged them: what is new goes into the group of what it replaces, in
 * alphabetical order, and nothing else moves.
 */
public final class ImportOrder {
    private ImportOrder() {}

    /** The rewritten file with its imports where they were. */
    public static J.CompilationUnit restore(J.CompilationUnit before, J.CompilationUnit after) {
        List<J.Import> old = before.getImports();
        if (old.isEmpty() || names(old).equals(names(after.getImports()))) {
            return after;
        }
        Set<String> wanted = new TreeSet<>(names(after.getImports()));
        Set<String> present = new TreeSet<>(names(old));
        List<List<J.Import>> groups = new ArrayList<>();
        int home = -1;
        for (J.Import statement : old) {
            if (groups.isEmpty() || startsGroup(statement)) {
                groups.add(new ArrayList<>());
            }
            int group = groups.size() - 1;
            if (wanted.contains(name(statement))) {
                groups.get(group).add(statement);
            } else if (!statement.isStatic() || home < 0) {
                home = group;
            }
        }
        Set<String> used = usedNames(after);
        for (J.Import statement : after.getImports()) {
            if (!present.contains(name(statement))
                    && used.contains(statement.getQualid().getSimpleName())) {
                insert(groups.get(homeOf(statement, groups, home)), statement);
            }
        }
        return sameDistance(before, after).withImports(spaced(old, groups, hasWindowsLines(before)));
    }

    /** As far from the imports to the first class as before. */
    public static J.CompilationUnit sameDistance(J.CompilationUnit before, J.CompilationUnit after) {
        List<J.ClassDeclaration> classes = new ArrayList<>(after.getClasses());
        if (!classes.isEmpty()) {
            String blank = before.getClasses().get(0).getPrefix().getWhitespace();
            J.ClassDeclaration first = classes.get(0);
            classes.set(0, first.withPrefix(first.getPrefix().withWhitespace(blank)));
        }
        return after.withClasses(classes);
    }

    private static Set<String> usedNames(J.CompilationUnit file) {
        Set<String> names = new HashSet<>();
        new JavaIsoVisitor<Set<String>>() {
            @Override
            public J.Import visitImport(J.Import statement, Set<String> into) {
                return statement;
            }

            @Override
            public J.Identifier visitIdentifier(J.Identifier name, Set<String> into) {
                into.add(name.getSimpleName());
                return super.visitIdentifier(name, into);
            }
        }.visit(file, names);
        return names;
    }

    private static int homeOf(J.Import statement, List<List<J.Import>> groups, int home) {
        if (home >= 0 && fits(groups.get(home), statement)) {
            return home;
        }
        for (int i = 0; i < groups.size(); i++) {
            if (!groups.get(i).isEmpty() && fits(groups.get(i), statement)) {
                return i;
            }
        }
        return groups.size() - 1;
    }

    private static boolean fits(List<J.Import> group, J.Import statement) {
        return group.stream().allMatch(it -> it.isStatic() == statement.isStatic());
    }

    private static void insert(List<J.Import> group, J.Import statement) {
        int at = 0;
        while (at < group.size() && name(group.get(at)).compareTo(name(statement)) < 0) {
            at++;
        }
        group.add(at, statement);
    }

    /** Whether lines end as on Windows: what follows the first import tells. */
    private static boolean hasWindowsLines(J.CompilationUnit file) {
        return Stream.concat(file.getImports().stream(), file.getClasses().stream())
                .anyMatch(it -> it.getPrefix().getWhitespace().contains("\r\n"));
    }

    /** Blank lines between groups and none within; the comments above an import stay with it. */
    private static List<J.Import> spaced(List<J.Import> old, List<List<J.Import>> groups, boolean hasWindowsLines) {
        String line = hasWindowsLines ? "\r\n" : "\n";
        Set<UUID> known = old.stream().map(J.Import::getId).collect(Collectors.toSet());
        List<J.Import> spaced = new ArrayList<>();
        for (List<J.Import> group : groups) {
            boolean first = true;
            for (J.Import statement : group) {
                String blank = spaced.isEmpty() ? old.get(0).getPrefix().getWhitespace() : first ? line + line : line;
                Space prefix = known.contains(statement.getId()) ? statement.getPrefix() : Space.EMPTY;
                spaced.add(statement.withPrefix(prefix.withWhitespace(blank)));
                first = false;
            }
        }
        return spaced;
    }

    private static boolean startsGroup(J.Import statement) {
        return statement
                        .getPrefix()
                        .getWhitespace()
                        .chars()
                        .filter(it -> it == '\n')
                        .count()
                > 1;
    }

    private static List<String> names(List<J.Import> imports) {
        return imports.stream()
                .map(ImportOrder::name)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static String name(J.Import statement) {
        return (statement.isStatic() ? "static " : "") + statement.getTypeName() + "."
                + statement.getQualid().getSimpleName();
    }
}
