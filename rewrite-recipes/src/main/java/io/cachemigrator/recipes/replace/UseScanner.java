package io.cachemigrator.recipes.replace;

import io.cachemigrator.recipes.services.LineIndex;
import io.cachemigrator.recipes.services.Refusal;
import java.util.HashSet;
import java.util.List;
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
import org.openrewrite.java.tree.TypeTree;

/** Finds the uses of a family in one file, and what ties it to others. Changes nothing. */
final class UseScanner extends JavaIsoVisitor<FileUses> {
    private static final Pattern TYPE_NAME = Pattern.compile("[a-z][\\w.]*\\.[A-Z][\\w$]*");
    private static final Set<String> STANDS_IN =
            Set.of("Mock", "MockBean", "MockitoBean", "Spy", "SpyBean", "InjectMock");
    private static final Set<String> MAKES_ONE = Set.of("mock", "spy", "createMock", "niceMock", "mockConstruction");
    private static final Pattern LOOKS_INSIDE =
            Pattern.compile("get(Declared)?(Method|Field|Constructor|Class(es)?)s?|newInstance|getName|getTypeName");

    private final Family family;
    private final Throwers throwers;
    private final Sites sites;
    private final Links links;
    private final Injection injection;
    private final Set<J> taken = new HashSet<>();

    UseScanner(Family family, LineIndex lines, FileUses file) {
        this.family = family;
        this.throwers = new Throwers(family);
        this.sites = new Sites(lines);
        this.links = new Links(family, file, sites);
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
                file.add(sites.use(naming(parent), Family.shown(String.valueOf(name)), ReplaceRefusals.SUBCLASS));
            }
        }
        if (family.newNames().contains(declaration.getSimpleName())) {
            taken.add(declaration.getName());
        }
        return super.visitClassDeclaration(declaration, file);
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
        if (literal.getValue() instanceof String text && TYPE_NAME.matcher(text).matches() && isOfFamily(text)) {
            file.add(sites.use(literal, Family.shown(text), ReplaceRefusals.REFLECTION));
        }
        return literal;
    }

    private boolean isOfFamily(String name) {
        return family.owns(name) || family.thrown().containsKey(name);
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

    /** The tree that bears the name of a type. */
    private static J naming(J tree) {
        return tree instanceof J.ParameterizedType parameterized ? naming(parameterized.getClazz()) : tree;
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, FileUses file) {
        JavaType.Method method = call.getMethodType();
        if (method == null) {
            unknown(call, file);
            return super.visitMethodInvocation(call, file);
        }
        String owner = family.receiver(method, call.getSelect());
        sees(throwers.kind(method, call.getSelect()), method, file);
        if (owner != null) {
            own(call, method, owner, file);
        } else {
            foreign(call, method, file);
        }
        sites.handle(call.getName());
        return super.visitMethodInvocation(call, file);
    }

    private void own(J.MethodInvocation call, JavaType.Method method, String owner, FileUses file) {
        Refusal refusal = family.member(owner, method, written(call.getArguments()), getCursor());
        file.add(sites.use(call.getName(), Family.shown(owner) + "." + call.getSimpleName(), refusal));
        file.meetings().addAll(family.meetings(owner, method));
        Refusal adapted = family.adapted(owner, method);
        if (adapted != null) {
            file.adapted().put(call.getName().getId(), adapted);
        }
        boolean onType = (call.getSelect() instanceof J.Identifier name && name.getFieldType() == null)
                || (call.getSelect() instanceof J.FieldAccess access
                        && access.getName().getFieldType() == null);
        if (onType) {
            sites.handle(call.getSelect());
        }
    }

    private void foreign(J.MethodInvocation call, JavaType.Method method, FileUses file) {
        String owner = method.getDeclaringType().getFullyQualifiedName();
        String api = Family.shown(owner) + "." + call.getSimpleName();
        Refusal elsewhere = family.elsewhere(method);
        if (elsewhere != null) {
            file.checks().add(sites.at(call, api, elsewhere));
        }
        if (family.owns(owner)) {
            file.add(sites.use(call.getName(), api, family.unreplaced(owner)));
        } else {
            links.call(method, call.getName());
            arguments(method, call.getArguments());
            looksInside(call, file);
        }
    }

    /** Arguments without the empty one that stands for none. */
    private static List<Expression> written(List<Expression> arguments) {
        return arguments.stream().filter(it -> !(it instanceof J.Empty)).toList();
    }

    private void unknown(J.MethodInvocation call, FileUses file) {
        boolean ours = Stream.concat(Stream.ofNullable(call.getSelect()), call.getArguments().stream())
                .anyMatch(it -> family.within(it.getType()));
        if (ours) {
            file.add(sites.use(call.getName(), call.getSimpleName(), ReplaceRefusals.UNKNOWN_TYPE));
        }
        file.seesForeign();
    }

    private static void sees(Throwers.Kind kind, JavaType.Method method, FileUses file) {
        switch (kind) {
            case OWN -> file.seesCall();
            case FOREIGN -> file.seesForeign();
            case UNKNOWN -> file.called().add(method.getDeclaringType().getFullyQualifiedName());
            case NOTHING -> {}
        }
    }

    private void arguments(JavaType.@Nullable Method method, List<Expression> arguments) {
        List<JavaType> parameters = method == null ? List.of() : method.getParameterTypes();
        for (int i = 0; i < Math.min(arguments.size(), parameters.size()); i++) {
            links.escape(parameters.get(i), arguments.get(i));
        }
    }

    private void looksInside(J.MethodInvocation call, FileUses file) {
        if (call.getSelect() instanceof J.FieldAccess literal
                && literal.getSimpleName().equals("class")
                && isOfFamily(String.valueOf(Family.name(literal.getTarget().getType())))
                && LOOKS_INSIDE.matcher(call.getSimpleName()).matches()) {
            file.add(sites.use(literal.getTarget(), "class literal", ReplaceRefusals.REFLECTION));
        }
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
        TypeTree clazz = construction.getClazz();
        String name = clazz == null ? null : Family.name(clazz.getType());
        JavaType.Method constructor = construction.getConstructorType();
        if (clazz != null && name != null && family.owns(name)) {
            file.add(sites.use(naming(clazz), Family.shown(name) + ".<init>", made(construction, name)));
            if (constructor != null) {
                file.meetings().addAll(family.meetings(name, constructor));
            }
            file.seesCall();
        } else if (clazz != null && throwers.isForeign(construction)) {
            sites.handle(clazz);
            file.seesForeign();
            file.checks().add(sites.at(clazz, Family.shown(String.valueOf(name)), ReplaceRefusals.EXCEPTION_CHECK));
        } else {
            links.call(constructor, construction);
            arguments(constructor, construction.getArguments());
            if (constructor != null) {
                sees(throwers.kind(constructor, null), constructor, file);
            }
        }
        return super.visitNewClass(construction, file);
    }

    /** Why a construction stays; null when it need not. */
    private @Nullable Refusal made(J.NewClass construction, String name) {
        JavaType.Method constructor = construction.getConstructorType();
        if (!family.isReplaced(name)) {
            return family.unreplaced(name);
        }
        if (construction.getBody() != null) {
            return ReplaceRefusals.SUBCLASS;
        }
        return constructor == null
                ? ReplaceRefusals.UNKNOWN_TYPE
                : family.member(name, constructor, written(construction.getArguments()), getCursor());
    }

    @Override
    public J.MemberReference visitMemberReference(J.MemberReference reference, FileUses file) {
        JavaType.Method method = reference.getMethodType();
        links.function(reference.getType(), reference);
        if (method == null) {
            return super.visitMemberReference(reference, file);
        }
        String owner = family.receiver(method, reference.getContaining());
        sees(throwers.kind(method, reference.getContaining()), method, file);
        if (owner != null) {
            String member = reference.getReference().getSimpleName();
            String api = Family.shown(owner) + "." + (member.equals("new") ? "<init>" : member);
            file.add(sites.use(reference.getReference(), api, family.member(owner, method, List.of(), getCursor())));
            file.meetings().addAll(family.meetings(owner, method));
            sites.handle(naming(reference.getContaining()));
        } else {
            links.call(method, reference.getReference());
        }
        sites.handle(reference.getReference());
        return super.visitMemberReference(reference, file);
    }
}
