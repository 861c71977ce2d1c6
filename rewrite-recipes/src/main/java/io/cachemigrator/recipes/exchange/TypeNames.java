package io.cachemigrator.recipes.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JLeftPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeTree;
import org.openrewrite.java.tree.TypedTree;
import org.openrewrite.marker.Markers;

/** Changes the names of types as they are written: short names stay short and full names stay full. */
final class TypeNames extends JavaVisitor<ExecutionContext> {
    private final Family family;
    private final TypeChange types;

    TypeNames(Family family) {
        this.family = family;
        this.types = new TypeChange(family);
    }

    /** The file with static imports renamed where they stand, and nothing else. */
    J.CompilationUnit staticImports(J.CompilationUnit file) {
        return file.withImports(file.getImports().stream()
                .map(statement -> statement.isStatic() ? renamed(statement) : statement)
                .toList());
    }

    @Override
    public J visitImport(J.Import statement, ExecutionContext ctx) {
        return renamed(statement);
    }

    private J.Import renamed(J.Import statement) {
        String text = statement.getQualid().toString();
        for (Map.Entry<String, String> renamed : family.renames().entrySet()) {
            String old = renamed.getKey().replace('$', '.');
            if (text.equals(old) || text.startsWith(old + ".")) {
                String changed = renamed.getValue().replace('$', '.') + text.substring(old.length());
                J.FieldAccess name = TypeTree.build(changed);
                return statement.withQualid(
                        name.withPrefix(statement.getQualid().getPrefix()));
            }
        }
        return statement;
    }

    @Override
    public J visitIdentifier(J.Identifier name, ExecutionContext ctx) {
        String type = Types.name(name.getType());
        String replacement = type == null || name.getFieldType() != null
                ? null
                : family.renames().get(type);
        if (type == null || replacement == null || !name.getSimpleName().equals(Types.simple(type))) {
            return name;
        }
        return name.withSimpleName(Types.simple(replacement));
    }

    @Override
    public J visitFieldAccess(J.FieldAccess access, ExecutionContext ctx) {
        String text = dotted(access);
        for (Map.Entry<String, String> renamed : family.renames().entrySet()) {
            if (text.equals(renamed.getKey().replace('$', '.'))) {
                J.FieldAccess written = TypeTree.build(renamed.getValue().replace('$', '.'));
                return written.withType(types.of(access.getType())).withPrefix(access.getPrefix());
            }
        }
        return super.visitFieldAccess(access, ctx);
    }

    @Override
    public @Nullable J postVisit(J tree, ExecutionContext ctx) {
        if (tree instanceof J.MethodDeclaration declaration) {
            JavaType.Method method = method(declaration.getMethodType());
            return declaration
                    .withMethodType(method)
                    .withName(declaration.getName().withType(method));
        }
        if (tree instanceof J.MethodInvocation call) {
            JavaType.Method method = method(call.getMethodType());
            return call.withMethodType(method).withName(call.getName().withType(method));
        }
        if (tree instanceof J.NewClass made) {
            return made.withConstructorType(method(made.getConstructorType()));
        }
        if (tree instanceof J.MemberReference reference) {
            return reference.withMethodType(method(reference.getMethodType())).withType(types.of(reference.getType()));
        }
        if (tree instanceof J.VariableDeclarations.NamedVariable variable) {
            return variable.withVariableType((JavaType.Variable) types.of(variable.getVariableType()));
        }
        if (tree instanceof J.Identifier name) {
            return name.withType(types.of(name.getType()))
                    .withFieldType((JavaType.Variable) types.of(name.getFieldType()));
        }
        return tree instanceof TypedTree typed && !(tree instanceof J.ClassDeclaration)
                ? typed.withType(types.of(typed.getType()))
                : tree;
    }

    private JavaType.@Nullable Method method(JavaType.@Nullable Method method) {
        return (JavaType.Method) types.of(method);
    }

    /** A name as it is written; empty for what is no mere name. */
    private static String dotted(J tree) {
        if (tree instanceof J.FieldAccess access) {
            return dotted(access.getTarget()) + "." + access.getSimpleName();
        }
        return tree instanceof J.Identifier name ? name.getSimpleName() : "";
    }

    private boolean isWildcard(J.Import statement) {
        String text = statement.getQualid().toString();
        return !statement.isStatic() && text.endsWith(".*") && family.isOwn(text);
    }

    /** The file with the imports of replacements that it needs and no others. */
    J.CompilationUnit imports(J.CompilationUnit file) {
        Set<String> needed = named(file, family::isReplacement);
        Set<String> kept = named(file, it -> family.isOwn(it) || family.thrown().containsKey(it));
        List<J.Import> imports = new ArrayList<>();
        for (J.Import statement : file.getImports()) {
            boolean ours = !statement.isStatic() && family.isReplacement(statement.getTypeName());
            boolean every = isWildcard(statement)
                    && kept.stream().noneMatch(it -> packageOf(it).equals(statement.getPackageName()));
            if ((!ours && !every) || needed.remove(statement.getTypeName())) {
                imports.add(statement);
            }
        }
        for (String name : needed) {
            J.FieldAccess full = TypeTree.build(" " + name.replace('$', '.'));
            imports.add(new J.Import(
                    Tree.randomId(),
                    Space.EMPTY,
                    Markers.EMPTY,
                    new JLeftPadded<>(Space.EMPTY, Boolean.FALSE, Markers.EMPTY),
                    full,
                    null));
        }
        return file.withImports(imports);
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Full names of some types that are written shortly, also in documentation. */
    private static Set<String> named(J.CompilationUnit file, Predicate<String> which) {
        Set<String> names = new HashSet<>();
        new JavaIsoVisitor<Set<String>>() {
            @Override
            public J.Import visitImport(J.Import statement, Set<String> into) {
                return statement;
            }

            @Override
            public J.FieldAccess visitFieldAccess(J.FieldAccess access, Set<String> into) {
                visit(access.getTarget(), into);
                return access;
            }

            @Override
            public J.Identifier visitIdentifier(J.Identifier name, Set<String> into) {
                String type = Types.name(name.getType());
                if (type != null
                        && name.getFieldType() == null
                        && which.test(type)
                        && name.getSimpleName().equals(Types.simple(type))) {
                    into.add(type);
                }
                return name;
            }
        }.visit(file, names);
        return names;
    }
}
