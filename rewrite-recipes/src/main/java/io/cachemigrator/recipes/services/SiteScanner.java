package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.FileFacts.Site;
import io.cachemigrator.recipes.services.FileFacts.Way;
import io.cachemigrator.recipes.services.LegacyType.Special;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.Flag;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;

/** Finds the legacy call sites of one file, and how legacy values go between it and others. Changes nothing. */
final class SiteScanner extends JavaIsoVisitor<FileFacts> {
    private static final Set<String> INJECTION = Set.of(
            "Component",
            "Service",
            "Repository",
            "Controller",
            "RestController",
            "Configuration",
            "Bean",
            "Autowired",
            "Inject",
            "Named",
            "Singleton",
            "ApplicationScoped",
            "RequestScoped",
            "Produces",
            "Provides",
            "Resource");

    private static final Set<String> MOCKS =
            Set.of("Mock", "Spy", "MockBean", "SpyBean", "MockitoBean", "MockitoSpyBean");

    private final LegacyTypes types;
    private final Flows flows;
    private final CallRules rules;
    private final LineIndex lines;
    private final Set<UUID> handled = new HashSet<>();

    SiteScanner(LegacyTypes types, LineIndex lines, FileFacts facts) {
        this.types = types;
        this.flows = new Flows(types, facts);
        this.rules = new CallRules(types);
        this.lines = lines;
    }

    // documentation is no use
    @Override
    public Space visitSpace(@Nullable Space space, Space.Location location, FileFacts facts) {
        return space == null ? Space.EMPTY : space;
    }

    @Override
    public J.Import visitImport(J.Import statement, FileFacts facts) {
        return statement;
    }

    @Override
    public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration declaration, FileFacts facts) {
        if (declaration.getType() != null) {
            facts.classes().add(declaration.getType().getFullyQualifiedName());
        }
        if (declaration.getExtends() != null) {
            typeUse(plain(declaration.getExtends()), Refusal.INHERITANCE, facts);
        }
        for (J above : declaration.getImplements() == null ? List.<J>of() : declaration.getImplements()) {
            typeUse(plain(above), types.rules().implementation(), facts);
        }
        return super.visitClassDeclaration(declaration, facts);
    }

    @Override
    public J.Annotation visitAnnotation(J.Annotation annotation, FileFacts facts) {
        if (INJECTION.contains(annotation.getSimpleName())) {
            facts.edge(Way.MEETS, "injection");
        }
        if (MOCKS.contains(annotation.getSimpleName())
                && getCursor().getParentTreeCursor().getValue() instanceof J.VariableDeclarations field
                && types.within(field.getType())) {
            facts.refuse(Refusal.MOCKED);
        }
        return super.visitAnnotation(annotation, facts);
    }

    @Override
    public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration declaration, FileFacts facts) {
        JavaType.Method method = declaration.getMethodType();
        if (method != null && !method.isConstructor() && flows.mentions(method)) {
            flows.shareWithOverridden(method.getDeclaringType(), method);
        }
        return super.visitMethodDeclaration(declaration, facts);
    }

    @Override
    public J.VariableDeclarations.NamedVariable visitVariable(
            J.VariableDeclarations.NamedVariable variable, FileFacts facts) {
        JavaType.Variable type = variable.getVariableType();
        if (type != null
                && type.hasFlags(Flag.Static, Flag.Final)
                && CallRules.positive(variable.getInitializer())
                && type.getOwner() instanceof JavaType.FullyQualified owner) {
            facts.positiveDurations().add(owner.getFullyQualifiedName() + "." + variable.getSimpleName());
        }
        flows.escape(type == null ? null : type.getType(), variable.getInitializer());
        return super.visitVariable(variable, facts);
    }

    @Override
    public J.TypeCast visitTypeCast(J.TypeCast cast, FileFacts facts) {
        typeUse(plain(cast.getClazz().getTree()), Refusal.CAST, facts);
        return super.visitTypeCast(cast, facts);
    }

    @Override
    public J.InstanceOf visitInstanceOf(J.InstanceOf test, FileFacts facts) {
        typeUse(plain(test.getClazz()), Refusal.CAST, facts);
        return super.visitInstanceOf(test, facts);
    }

    @Override
    public J.Lambda visitLambda(J.Lambda lambda, FileFacts facts) {
        flows.shareFunction(lambda.getType());
        return super.visitLambda(lambda, facts);
    }

    @Override
    public J.Identifier visitIdentifier(J.Identifier name, FileFacts facts) {
        if (handled.contains(name.getId())) {
            return name;
        }
        if (name.getFieldType() == null) {
            typeUse(name, null, facts);
            flows.mention(name.getType());
        } else {
            LegacyType constant = name.getFieldType().getOwner() instanceof JavaType.FullyQualified owner
                    ? types.exactly(owner)
                    : null;
            Refusal why = constant == null ? null : types.rules().constant(constant, name.getSimpleName());
            if (constant != null && (why != null || constant.members().containsKey(name.getSimpleName()))) {
                site(name, constant, name.getSimpleName(), why, null, facts);
            } else {
                flows.take(name, name.getType());
            }
        }
        return super.visitIdentifier(name, facts);
    }

    @Override
    public J.FieldAccess visitFieldAccess(J.FieldAccess access, FileFacts facts) {
        if (typeUse(access, null, facts)) {
            return access;
        }
        LegacyType target = naming(access.getTarget());
        if (target != null) {
            boolean literal = access.getSimpleName().equals("class");
            if (literal) {
                facts.edge(Way.MEETS, Flows.UNTYPED);
            }
            Refusal why = literal ? Refusal.CLASS_LITERAL : types.rules().constant(target, access.getSimpleName());
            site(access.getName(), target, access.getSimpleName(), why, null, facts);
            return access;
        }
        field(access.getName(), facts);
        flows.take(access, access.getType());
        handled.add(access.getName().getId());
        return super.visitFieldAccess(access, facts);
    }

    @Override
    public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, FileFacts facts) {
        JavaType.Method method = call.getMethodType();
        List<Expression> arguments = CallRules.arguments(call.getArguments());
        LegacyType type = method == null ? null : types.exactly(method.getDeclaringType());
        if (type != null) {
            boolean constructor = call.getSimpleName().equals("super");
            String name = constructor ? "<init>" : call.getSimpleName();
            Refusal refusal = constructor ? Refusal.INHERITANCE : rules.call(type, name, arguments);
            refusal = refusal == null ? types.rules().call(type, call, getCursor()) : refusal;
            boolean ttl = type.member(name) == Special.TTL && !arguments.isEmpty();
            site(call.getName(), type, name, refusal, ttl ? CallRules.constant(arguments.get(0)) : null, facts);
            if (LegacyTypes.isShared(type, name)) {
                facts.edge(Way.MEETS, LegacyTypes.SHARED);
            }
            handle(call.getSelect());
        } else {
            flows.give(method, arguments);
            flows.take(call, call.getType());
        }
        handled.add(call.getName().getId());
        return super.visitMethodInvocation(call, facts);
    }

    @Override
    public J.NewClass visitNewClass(J.NewClass construction, FileFacts facts) {
        List<Expression> arguments = CallRules.arguments(construction.getArguments());
        LegacyType type = construction.getClazz() == null
                ? null
                : types.exactly(construction.getClazz().getType());
        if (type != null) {
            Refusal refusal = type.construction() == Special.OWN && construction.getBody() == null
                    ? types.rules().construction(type, construction, getCursor())
                    : rules.construction(type, construction);
            String ttl = type.construction() == Special.OPTIONS ? CallRules.constant(arguments.get(0)) : null;
            site(construction, type, "<init>", refusal, ttl, facts);
            if (type.construction() == Special.OVER_SERVICE && arguments.isEmpty()) {
                facts.edge(Way.MEETS, LegacyTypes.SHARED);
            }
            handle(construction.getClazz());
        } else {
            flows.give(construction.getConstructorType(), arguments);
        }
        return super.visitNewClass(construction, facts);
    }

    @Override
    public J.MemberReference visitMemberReference(J.MemberReference reference, FileFacts facts) {
        LegacyType type = types.exactly(reference.getContaining().getType());
        JavaType.Method method = reference.getMethodType();
        if (type != null) {
            String name = reference.getReference().getSimpleName();
            Refusal refusal = rules.reference(type, name, method);
            site(reference.getReference(), type, name.equals("new") ? "<init>" : name, refusal, null, facts);
            if (LegacyTypes.isShared(type, name)) {
                facts.edge(Way.MEETS, LegacyTypes.SHARED);
            }
            handle(reference.getContaining());
        } else if (method != null && flows.mentions(Elements.declared(method))) {
            facts.edge(Way.SHARES, method.getDeclaringType().getFullyQualifiedName());
        }
        handled.add(reference.getReference().getId());
        flows.shareFunction(reference.getType());
        return super.visitMemberReference(reference, facts);
    }

    @Override
    public J.Assignment visitAssignment(J.Assignment assignment, FileFacts facts) {
        flows.assign(assignment.getVariable(), assignment.getVariable().getType(), assignment.getAssignment());
        return super.visitAssignment(assignment, facts);
    }

    /** A field of a legacy object. */
    private void field(J.Identifier name, FileFacts facts) {
        LegacyType owner =
                name.getFieldType() != null && name.getFieldType().getOwner() instanceof JavaType.FullyQualified holder
                        ? types.exactly(holder)
                        : null;
        Refusal why = owner == null ? null : types.rules().constant(owner, name.getSimpleName());
        if (owner != null && why != null) {
            site(name, owner, name.getSimpleName(), why, null, facts);
        }
    }

    /** A type without its arguments. */
    private static J plain(J tree) {
        return tree instanceof J.ParameterizedType type ? plain(type.getClazz()) : tree;
    }

    /** The legacy type that a tree names, simply or in full; null when it names none. */
    private @Nullable LegacyType naming(@Nullable J tree) {
        J.Identifier name = tree instanceof J.FieldAccess access
                ? access.getName()
                : tree instanceof J.Identifier identifier ? identifier : null;
        JavaType type = tree instanceof J.FieldAccess access ? access.getType() : name == null ? null : name.getType();
        LegacyType legacy = types.exactly(type);
        return legacy != null
                        && name != null
                        && name.getFieldType() == null
                        && name.getSimpleName().equals(legacy.simpleName())
                ? legacy
                : null;
    }

    private boolean typeUse(J tree, @Nullable Refusal refusal, FileFacts facts) {
        LegacyType type = naming(tree);
        if (type == null) {
            return false;
        }
        J.Identifier name = tree instanceof J.FieldAccess access ? access.getName() : (J.Identifier) tree;
        if (!handled.contains(name.getId())) {
            Refusal why = type.replacement() == null ? Refusal.unreplaced(type) : refusal;
            handled.add(name.getId());
            if (Refusal.CAST.equals(why)) {
                facts.edge(Way.MEETS, Flows.UNTYPED);
            }
            facts.add(new Site(name.getId(), lines.line(name), type.simpleName(), false, why, null));
        }
        return true;
    }

    /** Keeps the name of a type that a call or construction already counts from being counted again. */
    private void handle(@Nullable J tree) {
        if (tree != null && naming(tree) != null) {
            handled.add(tree instanceof J.FieldAccess access ? access.getName().getId() : tree.getId());
        }
    }

    private void site(
            J at,
            LegacyType type,
            String member,
            @Nullable Refusal refusal,
            @Nullable String duration,
            FileFacts facts) {
        handled.add(at.getId());
        boolean bridge = type.member(member) == Special.BRIDGE;
        facts.add(new Site(at.getId(), lines.line(at), type.simpleName() + "." + member, bridge, refusal, duration));
    }
}
