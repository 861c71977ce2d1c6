package io.cachemigrator.recipes.guava;

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

/** Finds the uses of Guava caches in one file, and what ties it to others. Changes nothing. */
final class UseScanner extends JavaIsoVisitor<FileUses> {
    private static final Pattern TYPE_NAME = Pattern.compile("com\\.google\\.common\\.cache\\.[A-Z][\\w$]*");
    private static final Pattern LOOKS_INSIDE =
            Pattern.compile("get(Declared)?(Method|Field|Constructor|Class(es)?)s?|newInstance|getName|getTypeName");

    private final Sites sites;
    private final Links links;
    private final Injection injection = new Injection();
    private final Set<J> taken = new HashSet<>();

    UseScanner(LineIndex lines, FileUses file) {
        this.sites = new Sites(lines);
        this.links = new Links(file, sites);
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
                    sites.use(it, GuavaTypes.shown(((J.Identifier) it).getSimpleName()), GuavaRefusals.NAME_TAKEN)));
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
                                    .map(it -> GuavaTypes.name(it.getType()))
                                    .filter(it -> it != null)
                                    .collect(Collectors.toSet()));
        }
        for (TypeTree parent : parents) {
            String name = GuavaTypes.name(parent.getType());
            if (name != null && GuavaTypes.isGuava(name) && GuavaTypes.isCache(parent.getType())) {
                file.add(sites.use(naming(parent), GuavaTypes.shown(name), GuavaRefusals.SUBCLASS));
            }
        }
        if (GuavaTypes.newNames().contains(declaration.getSimpleName())) {
            taken.add(declaration.getName());
        }
        return super.visitClassDeclaration(declaration, file);
    }

    @Override
    public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration declaration, FileUses file) {
        links.override(declaration.getMethodType(), declaration.getName());
        injection.method(declaration, getCursor(), file);
        if (Reloads.isOverride(declaration)) {
            Refusal refusal = Reloads.canBeRewritten(declaration) ? null : GuavaRefusals.RELOAD;
            file.add(sites.use(declaration.getName(), "CacheLoader.reload", refusal));
        }
        return super.visitMethodDeclaration(declaration, file);
    }

    @Override
    public J.VariableDeclarations visitVariableDeclarations(J.VariableDeclarations variables, FileUses file) {
        injection.field(variables, file);
        return super.visitVariableDeclarations(variables, file);
    }

    @Override
    public J.VariableDeclarations.NamedVariable visitVariable(
            J.VariableDeclarations.NamedVariable variable, FileUses file) {
        given(variable.getType(), variable.getInitializer(), file);
        if (GuavaTypes.within(variable.getType()) && isUnknown(variable.getInitializer())) {
            file.add(sites.use(variable.getName(), variable.getSimpleName(), GuavaRefusals.UNKNOWN_TYPE));
        }
        return super.visitVariable(variable, file);
    }

    private static boolean isUnknown(@Nullable Expression value) {
        return value instanceof J.MethodInvocation call && call.getMethodType() == null;
    }

    /** A value goes where a type is wanted. */
    private void given(@Nullable JavaType target, @Nullable Expression value, FileUses file) {
        links.escape(target, value);
        if (CallRules.losesFunction(target, value) && value != null) {
            file.add(sites.at(value, "LoadingCache", GuavaRefusals.FUNCTION));
        }
    }

    @Override
    public J.Assignment visitAssignment(J.Assignment assignment, FileUses file) {
        given(assignment.getVariable().getType(), assignment.getAssignment(), file);
        return super.visitAssignment(assignment, file);
    }

    @Override
    public J.Return visitReturn(J.Return statement, FileUses file) {
        J.MethodDeclaration method = getCursor().firstEnclosing(J.MethodDeclaration.class);
        if (method != null && method.getReturnTypeExpression() != null) {
            given(method.getReturnTypeExpression().getType(), statement.getExpression(), file);
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

    private static void untyped(@Nullable JavaType type, FileUses file) {
        String name = GuavaTypes.name(type);
        if (GuavaTypes.INVALID.equals(name)) {
            file.meetings().add(Groups.INVALID_LOADS);
        } else if (GuavaTypes.within(type)) {
            file.meetings().add(Links.UNTYPED);
        }
    }

    @Override
    public J.Literal visitLiteral(J.Literal literal, FileUses file) {
        if (literal.getValue() instanceof String text && TYPE_NAME.matcher(text).matches()) {
            file.add(sites.use(literal, GuavaTypes.shown(text), GuavaRefusals.REFLECTION));
        }
        return literal;
    }

    @Override
    public J.Try visitTry(J.Try statement, FileUses file) {
        file.catches().addAll(TryScanner.scan(statement, sites));
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
        String type = GuavaTypes.name(name.getType());
        if (type != null
                && GuavaTypes.newNames().contains(name.getSimpleName())
                && type.endsWith(name.getSimpleName())
                && !type.startsWith(GuavaTypes.LOCAL)) {
            taken.add(name);
        }
    }

    @Override
    public J.FieldAccess visitFieldAccess(J.FieldAccess access, FileUses file) {
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
        String whole = tree instanceof J.FieldAccess access ? GuavaTypes.name(access.getType()) : null;
        String type = whole == null ? GuavaTypes.name(name.getType()) : whole;
        if (type == null
                || name.getFieldType() != null
                || !GuavaTypes.shown(type).endsWith(name.getSimpleName())
                || !type.endsWith(name.getSimpleName())) {
            return false;
        }
        boolean thrown = GuavaTypes.THROWN.containsKey(type);
        if (!thrown && !GuavaTypes.isGuava(type)) {
            return false;
        }
        if (!sites.isHandled(tree) && !sites.isHandled(name)) {
            if (thrown) {
                file.checks().add(sites.use(name, GuavaTypes.shown(type), GuavaRefusals.EXCEPTION_CHECK));
            } else {
                file.add(sites.use(name, GuavaTypes.shown(type), CallRules.mention(type)));
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
        String owner = method.getDeclaringType().getFullyQualifiedName();
        sees(Throwers.kind(method, call.getSelect()), method, file);
        if (GuavaTypes.isGuava(owner)) {
            own(call, method, owner, file);
        } else {
            links.call(method, call.getName());
            arguments(method, call.getArguments(), file);
            looksInside(call, file);
        }
        sites.handle(call.getName());
        return super.visitMethodInvocation(call, file);
    }

    private void own(J.MethodInvocation call, JavaType.Method method, String owner, FileUses file) {
        Refusal refusal =
                GuavaTypes.isReplaced(owner) ? CallRules.call(call, method, getCursor()) : CallRules.mention(owner);
        if (sites.isHandled(call)) {
            return;
        }
        if (CallRules.takesSpec(method) && refusal == null) {
            J.MethodInvocation parse = CallRules.parsed(call.getArguments().get(0));
            sites.handle(parse);
            sites.handle(parse == null ? null : parse.getSelect());
        }
        file.add(sites.use(call.getName(), GuavaTypes.shown(owner) + "." + call.getSimpleName(), refusal));
        if (call.getSimpleName().equals("ticker")) {
            file.adapted().put(call.getName().getId(), GuavaRewriter.TICKER_READ);
        } else if (MapResults.isBulk(method) && !MapResults.mayBePlain(getCursor())) {
            file.adapted().put(call.getName().getId(), GuavaRewriter.COPIED);
        }
        if ((call.getSelect() instanceof J.Identifier name && name.getFieldType() == null)
                || (call.getSelect() instanceof J.FieldAccess access
                        && access.getName().getFieldType() == null)) {
            sites.handle(call.getSelect());
        }
    }

    private void unknown(J.MethodInvocation call, FileUses file) {
        boolean guava = Stream.concat(Stream.ofNullable(call.getSelect()), call.getArguments().stream())
                .anyMatch(it -> GuavaTypes.within(it.getType()));
        if (guava) {
            file.add(sites.use(call.getName(), call.getSimpleName(), GuavaRefusals.UNKNOWN_TYPE));
        }
        file.seesForeign();
    }

    private static void sees(Throwers.Kind kind, JavaType.Method method, FileUses file) {
        switch (kind) {
            case LOAD -> file.seesLoad();
            case FOREIGN -> file.seesForeign();
            case UNKNOWN -> file.called().add(method.getDeclaringType().getFullyQualifiedName());
            case NOTHING -> {}
        }
    }

    private void arguments(JavaType.@Nullable Method method, List<Expression> arguments, FileUses file) {
        List<JavaType> parameters = method == null ? List.of() : method.getParameterTypes();
        for (int i = 0; i < Math.min(arguments.size(), parameters.size()); i++) {
            given(parameters.get(i), arguments.get(i), file);
        }
    }

    private void looksInside(J.MethodInvocation call, FileUses file) {
        if (call.getSelect() instanceof J.FieldAccess literal
                && literal.getSimpleName().equals("class")
                && GuavaTypes.isGuava(GuavaTypes.name(literal.getTarget().getType()))
                && LOOKS_INSIDE.matcher(call.getSimpleName()).matches()) {
            file.add(sites.use(literal.getTarget(), "class literal", GuavaRefusals.REFLECTION));
        }
    }

    @Override
    public J.NewClass visitNewClass(J.NewClass construction, FileUses file) {
        TypeTree clazz = construction.getClazz();
        String name = clazz == null ? null : GuavaTypes.name(clazz.getType());
        if (clazz != null && name != null && GuavaTypes.isGuava(name)) {
            Refusal refusal = GuavaTypes.isCache(clazz.getType()) ? GuavaRefusals.SUBCLASS : CallRules.mention(name);
            file.add(sites.use(naming(clazz), GuavaTypes.shown(name) + ".<init>", refusal));
        } else if (clazz != null && Throwers.isForeign(construction)) {
            sites.handle(clazz);
            file.seesForeign();
        } else {
            JavaType.Method constructor = construction.getConstructorType();
            links.call(constructor, construction);
            arguments(constructor, construction.getArguments(), file);
            if (constructor != null) {
                sees(Throwers.kind(constructor, null), constructor, file);
            }
        }
        return super.visitNewClass(construction, file);
    }

    @Override
    public J.MemberReference visitMemberReference(J.MemberReference reference, FileUses file) {
        JavaType.Method method = reference.getMethodType();
        links.function(reference.getType(), reference);
        if (method == null) {
            return super.visitMemberReference(reference, file);
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        sees(Throwers.kind(method, reference.getContaining()), method, file);
        if (GuavaTypes.isGuava(owner)) {
            Refusal refusal =
                    GuavaTypes.isReplaced(owner) ? CallRules.reference(reference, method) : CallRules.mention(owner);
            String member = reference.getReference().getSimpleName();
            String api = GuavaTypes.shown(owner) + "." + (member.equals("new") ? "<init>" : member);
            file.add(sites.use(reference.getReference(), api, refusal));
            sites.handle(naming(reference.getContaining()));
        } else {
            links.call(method, reference.getReference());
        }
        sites.handle(reference.getReference());
        return super.visitMemberReference(reference, file);
    }
}
