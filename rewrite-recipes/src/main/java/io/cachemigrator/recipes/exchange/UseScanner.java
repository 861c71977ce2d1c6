package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.services.LineIndex;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Javadoc;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeTree;

/** Finds the uses of the family's types in one file, and what ties it to others. Changes nothing. */
final class UseScanner extends JavaIsoVisitor<FileUses> {
    private final Family family;
    private final Sites sites;
    private final Links links;
    private final Mentions mentions;
    private final Members members;
    private final Injection injection;
    private final StandIns standIns;

    UseScanner(Family family, LineIndex lines, FileUses file) {
        this.family = family;
        this.sites = new Sites(lines);
        this.links = new Links(family, file, sites);
        this.mentions = new Mentions(family, file, sites);
        this.members = new Members(family, file, sites, links);
        this.injection = new Injection(family);
        this.standIns = new StandIns(family, file, sites);
    }

    @Override
    public Space visitSpace(@Nullable Space space, Space.Location location, FileUses file) {
        if (space == null) {
            return Space.EMPTY;
        }
        J documented = space.getComments().isEmpty() ? null : getCursor().firstEnclosing(J.class);
        if (documented != null) {
            DocScanner scanner = new DocScanner(family, sites, documented);
            space.getComments().stream()
                    .filter(Javadoc.DocComment.class::isInstance)
                    .forEach(it -> scanner.visit((Javadoc.DocComment) it, file));
        }
        return space;
    }

    @Override
    public J.CompilationUnit visitCompilationUnit(J.CompilationUnit unit, FileUses file) {
        super.visitCompilationUnit(unit, file);
        mentions.finish();
        return unit;
    }

    @Override
    public J.Import visitImport(J.Import statement, FileUses file) {
        return statement;
    }

    @Override
    public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration declaration, FileUses file) {
        List<TypeTree> parents = Stream.concat(
                        Stream.ofNullable(declaration.getExtends()),
                        Stream.ofNullable(declaration.getImplements()).flatMap(List::stream))
                .toList();
        if (declaration.getType() != null) {
            Set<String> above = parents.stream()
                    .map(it -> Types.name(it.getType()))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            file.classes().put(declaration.getType().getFullyQualifiedName(), above);
        }
        parents.forEach(parent -> extension(parent, file));
        mentions.declared(declaration.getName());
        for (J.Identifier name : new Signatures(family).clashes(declaration)) {
            String api = declaration.getSimpleName() + "." + name.getSimpleName();
            file.add(sites.at(name, api, ExchangeRefusals.SAME_SIGNATURE));
        }
        return super.visitClassDeclaration(declaration, file);
    }

    private void extension(TypeTree parent, FileUses file) {
        String name = Types.name(parent.getType());
        JavaType type = parent.getType();
        Refusal refusal = type == null || !family.isOwn(name) ? null : family.extension(type);
        if (name != null && refusal != null) {
            file.add(sites.use(Members.naming(parent), Types.shown(name), refusal));
        }
    }

    @Override
    public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration declaration, FileUses file) {
        links.override(declaration.getMethodType(), declaration.getName());
        injection.method(declaration, getCursor(), file);
        Family.Declared declared = family.declared(declaration);
        if (declared != null) {
            file.add(sites.use(declaration.getName(), declared.api(), declared.refusal()));
        }
        return super.visitMethodDeclaration(declaration, file);
    }

    @Override
    public J.VariableDeclarations visitVariableDeclarations(J.VariableDeclarations variables, FileUses file) {
        injection.field(variables, file);
        standIns.variables(variables);
        return super.visitVariableDeclarations(variables, file);
    }

    @Override
    public J.VariableDeclarations.NamedVariable visitVariable(
            J.VariableDeclarations.NamedVariable variable, FileUses file) {
        members.given(variable.getType(), variable.getInitializer());
        if (family.within(variable.getType()) && isUnknown(variable.getInitializer())) {
            file.add(sites.use(variable.getName(), variable.getSimpleName(), ExchangeRefusals.UNKNOWN_TYPE));
        }
        return super.visitVariable(variable, file);
    }

    private static boolean isUnknown(@Nullable Expression value) {
        return value instanceof J.MethodInvocation call && call.getMethodType() == null;
    }

    @Override
    public J.Assignment visitAssignment(J.Assignment assignment, FileUses file) {
        members.given(assignment.getVariable().getType(), assignment.getAssignment());
        return super.visitAssignment(assignment, file);
    }

    @Override
    public J.Return visitReturn(J.Return statement, FileUses file) {
        J.MethodDeclaration method = getCursor().firstEnclosing(J.MethodDeclaration.class);
        if (method != null && method.getReturnTypeExpression() != null) {
            members.given(method.getReturnTypeExpression().getType(), statement.getExpression());
        }
        return super.visitReturn(statement, file);
    }

    @Override
    public J.TypeCast visitTypeCast(J.TypeCast cast, FileUses file) {
        mentions.untyped(cast.getClazz().getTree().getType());
        return super.visitTypeCast(cast, file);
    }

    @Override
    public J.InstanceOf visitInstanceOf(J.InstanceOf test, FileUses file) {
        if (test.getClazz() instanceof TypeTree type) {
            mentions.untyped(type.getType());
        }
        return super.visitInstanceOf(test, file);
    }

    @Override
    public J.Literal visitLiteral(J.Literal literal, FileUses file) {
        mentions.literal(literal);
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
            members.field(name, name.getFieldType());
        } else if (!itself) {
            mentions.mention(name, name);
            mentions.named(name);
        }
        links.mention(name.getType(), name);
        return super.visitIdentifier(name, file);
    }

    @Override
    public J.FieldAccess visitFieldAccess(J.FieldAccess access, FileUses file) {
        standIns.literal(access, getCursor());
        if (mentions.mention(access, access.getName())) {
            return access;
        }
        if (access.getName().getFieldType() != null) {
            links.field(access.getName().getFieldType(), access.getName());
            members.field(access.getName(), access.getName().getFieldType());
        }
        sites.handle(access.getName());
        return super.visitFieldAccess(access, file);
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, FileUses file) {
        members.call(call, getCursor());
        return super.visitMethodInvocation(call, file);
    }

    @Override
    public J.NewClass visitNewClass(J.NewClass construction, FileUses file) {
        members.construction(construction);
        return super.visitNewClass(construction, file);
    }

    @Override
    public J.MemberReference visitMemberReference(J.MemberReference reference, FileUses file) {
        members.reference(reference);
        return super.visitMemberReference(reference, file);
    }
}
