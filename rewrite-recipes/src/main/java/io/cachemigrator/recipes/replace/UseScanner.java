package io.cachemigrator.recipes.replace;

import io.cachemigrator.recipes.services.LineIndex;
import io.cachemigrator.recipes.services.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.java.tree.TypeTree;

/** Finds the uses of a family in one file, and what ties it to others. Changes nothing. */
final class UseScanner extends JavaIsoVisitor<FileUses> {
    private static final Pattern TYPE_NAME = Pattern.compile("[a-z][\\w.]*\\.[A-Z][\\w$]*");
    private static final Set<String> STANDS_IN =
            Set.of("Mock", "MockBean", "MockitoBean", "Spy", "SpyBean", "InjectMock");
    private static final Set<String> MAKES_ONE = Set.of("mock", "spy", "createMock", "niceMock", "mockConstruction");

    private final Family family;
    private final Calls calls;
    private final Sites sites;
    private final Links links;
    private final Injection injection;
    private final Set<J> taken = new HashSet<>();

    UseScanner(Family family, LineIndex lines, FileUses file) {
        this.family = family;
        this.sites = new Sites(lines);
        this.links = new Links(family, file, sites);
        this.calls = new Calls(family, sites, links, file);
        this.injection = new Injection(family);
    }

    // documentation is no use
    @Override
    public Space visitSpace(@Nullable Space space, Space.Location location, FileUses file) {
        return space == null ? Space.EMPTY : space;
    }

    @Override
    public J.CompilationUnit visitCompilationUnit(J.CompilationUnit unit, FileUses file) {
        super.visitCompilationUnit(unit, file);
        if (!file.isEmpty()) {
            taken.forEach(it -> file.add(
                    sites.use(it, Family.shown(((J.Identifier) it).getSimpleName()), ReplaceRefusals.NAME_TAKEN)));
        }
        return unit;
    }

    @Override
    public J.Import visitImport(J.Import statement, FileUses file) {
        return statement;
    }

    @Override
    public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration declaration, FileUses file) {
        JavaType.FullyQualified type = declaration.getType();
        Stream<TypeTree> above = Stream.concat(
                Stream.ofNullable(declaration.getExtends()),
                declaration.getImplements() == null ? Stream.of() : declaration.getImplements().stream());
        List<TypeTree> parents = above.toList();
        if (type != null) {
            file.classes()
                    .put(
                            type.getFullyQualifiedName(),
                            parents.stream()
                                    .map(it -> Family.name(it.getType()))
                                    .filter(it -> it != null)
                                    .collect(Collectors.toSet()));
        }
        for (TypeTree parent : parents) {
            String name = Family.name(parent.getType());
            if (family.isReplaced(name)) {
                file.add(sites.use(Sites.naming(parent), Family.shown(String.valueOf(name)), ReplaceRefusals.SUBCLASS));
            }
        }
        if (family.newNames().contains(declaration.getSimpleName())) {
            taken.add(declaration.getName());
        }
        clashes(declaration)
                .forEach(name -> file.add(sites.at(
                        name,
                        declaration.getSimpleName() + "." + name.getSimpleName(),
                        ReplaceRefusals.SAME_SIGNATURE)));
        return super.visitClassDeclaration(declaration, file);
    }

    /** Names of methods that would have the signature of another. */
    private List<J.Identifier> clashes(J.ClassDeclaration declaration) {
        Map<String, J.Identifier> signatures = new HashMap<>();
        List<J.Identifier> clashes = new ArrayList<>();
        for (Statement member : declaration.getBody().getStatements()) {
            if (member instanceof J.MethodDeclaration method && method.getMethodType() != null) {
                String signature = method.getMethodType().getParameterTypes().stream()
                        .map(this::afterwards)
                        .collect(Collectors.joining(",", method.getSimpleName() + "(", ")"));
                if (signatures.putIfAbsent(signature, method.getName()) != null) {
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
        String name = Family.name(type);
        return name == null ? type.toString() : family.renames().getOrDefault(name, name);
    }

    @Override
    public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration declaration, FileUses file) {
        links.override(declaration.getMethodType(), declaration.getName());
        injection.method(declaration, getCursor(), file);
        return super.visitMethodDeclaration(declaration, file);
    }

    @Override
    public J.VariableDeclarations visitVariableDeclarations(J.VariableDeclarations variables, FileUses file) {
        injection.field(variables, file);
        if (family.within(variables.getType())
                && variables.getLeadingAnnotations().stream().anyMatch(it -> STANDS_IN.contains(it.getSimpleName()))) {
            file.add(sites.at(variables, "a stand-in", ReplaceRefusals.REFLECTION));
        }
        return super.visitVariableDeclarations(variables, file);
    }

    @Override
    public J.VariableDeclarations.NamedVariable visitVariable(
            J.VariableDeclarations.NamedVariable variable, FileUses file) {
        links.escape(variable.getType(), variable.getInitializer());
        if (family.within(variable.getType()) && isUnknown(variable.getInitializer())) {
            file.add(sites.use(variable.getName(), variable.getSimpleName(), ReplaceRefusals.UNKNOWN_TYPE));
        }
        return super.visitVariable(variable, file);
    }

    private static boolean isUnknown(@Nullable Expression value) {
        return value instanceof J.MethodInvocation call && call.getMethodType() == null;
    }

    @Override
    public J.Assignment visitAssignment(J.Assignment assignment, FileUses file) {
        links.escape(assignment.getVariable().getType(), assignment.getAssignment());
        return super.visitAssignment(assignment, file);
    }

    @Override
    public J.Return visitReturn(J.Return statement, FileUses file) {
        J.MethodDeclaration method = getCursor().firstEnclosing(J.MethodDeclaration.class);
        if (method != null && method.getReturnTypeExpression() != null) {
            links.escape(method.getReturnTypeExpression().getType(), statement.getExpression());
        }
        return super.visitReturn(statement, file);
    }

    @Override
    public J.TypeCast visitTypeCast(J.TypeCast cast, FileUses file) {
        untyped(cast.getClazz().getTree().getType(), file);
        return super.visitTypeCast(cast, file);
    }

    @Override
    public J.InstanceOf visitInstanceOf(J.InstanceOf test, FileUses file) {
        if (test.getClazz() instanceof TypeTree type) {
            untyped(type.getType(), file);
        }
        return super.visitInstanceOf(test, file);
    }

    private void untyped(@Nullable JavaType type, FileUses file) {
        if (family.within(type)) {
            file.meetings().add(Links.UNTYPED);
        }
    }

    @Override
    public J.Literal visitLiteral(J.Literal literal, FileUses file) {
        if (literal.getValue() instanceof String text && TYPE_NAME.matcher(text).matches() && family.names(text)) {
            file.add(sites.use(literal, Family.shown(text), ReplaceRefusals.REFLECTION));
        }
        return literal;
    }

    @Override
    public J.Try visitTry(J.Try statement, FileUses file) {
        file.catches().addAll(TryScanner.scan(family, statement, sites));
        return super.visitTry(statement, file);
    }

    @Override
    public J.Lambda visitLambda(J.Lambda lambda, FileUses file) {
        links.function(lambda.getType(), lambda);
        return super.visitLambda(lambda, file);
    }

    @Override
    public J.Identifier visitIdentifier(J.Identifier name, FileUses file) {
        boolean itself =
                name.getSimpleName().equals("this") || name.getSimpleName().equals("super");
        if (name.getFieldType() != null && !itself) {
            links.field(name.getFieldType(), name);
        } else if (!itself) {
            mention(name, name, file);
            isTaken(name);
        }
        links.mention(name.getType(), name);
        return super.visitIdentifier(name, file);
    }

    private void isTaken(J.Identifier name) {
        String type = Family.name(name.getType());
        if (type != null
                && family.newNames().contains(name.getSimpleName())
                && type.endsWith(name.getSimpleName())
                && !family.isNew(type)) {
            taken.add(name);
        }
    }

    private J.FieldAccess fieldAccess(J.FieldAccess access, FileUses file) {
        if (mention(access, access.getName(), file)) {
            return access;
        }
        if (access.getName().getFieldType() != null) {
            links.field(access.getName().getFieldType(), access.getName());
        }
        sites.handle(access.getName());
        return super.visitFieldAccess(access, file);
    }

    /** Counts the name of a type, if a tree is one that matters here. */
    private boolean mention(J tree, J.Identifier name, FileUses file) {
        String whole = tree instanceof J.FieldAccess access ? Family.name(access.getType()) : null;
        String type = whole == null ? Family.name(name.getType()) : whole;
        if (type == null
                || name.getFieldType() != null
                || !Family.shown(type).endsWith(name.getSimpleName())
                || !type.endsWith(name.getSimpleName())) {
            return false;
        }
        boolean thrown = family.thrown().containsKey(type);
        if (!thrown && !family.owns(type)) {
            return false;
        }
        if (!sites.isHandled(tree) && !sites.isHandled(name)) {
            if (thrown) {
                file.checks().add(sites.use(name, Family.shown(type), ReplaceRefusals.EXCEPTION_CHECK));
            } else {
                Refusal refusal = family.isReplaced(type) ? null : family.unreplaced(type);
                file.add(sites.use(name, Family.shown(type), refusal));
            }
        }
        return true;
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, FileUses file) {
        calls.call(call, getCursor());
        return super.visitMethodInvocation(call, file);
    }

    @Override
    public J.FieldAccess visitFieldAccess(J.FieldAccess access, FileUses file) {
        if (isStoodIn(access)) {
            file.add(sites.at(access, "class literal", ReplaceRefusals.REFLECTION));
        }
        return fieldAccess(access, file);
    }

    /** Whether a class literal goes to what makes something that stands in for the class. */
    private boolean isStoodIn(J.FieldAccess access) {
        return access.getSimpleName().equals("class")
                && family.isReplaced(Family.name(access.getTarget().getType()))
                && getCursor().getParentTreeCursor().getValue() instanceof J.MethodInvocation call
                && MAKES_ONE.contains(call.getSimpleName());
    }

    @Override
    public J.NewClass visitNewClass(J.NewClass construction, FileUses file) {
        calls.construction(construction, getCursor());
        return super.visitNewClass(construction, file);
    }

    @Override
    public J.MemberReference visitMemberReference(J.MemberReference reference, FileUses file) {
        links.function(reference.getType(), reference);
        calls.reference(reference, getCursor());
        return super.visitMemberReference(reference, file);
    }
}
