package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.LegacyType.Renamed;
import io.cachemigrator.recipes.services.LegacyType.Special;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.internal.ListUtils;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JContainer;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Javadoc;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeUtils;

/**
 * Rewrites the calls of one file; the names of the types are changed afterwards. In a file that stays legacy it only
 * puts accessors where a legacy object is handed to a rewritten file.
 */
final class CallRewriter extends JavaVisitor<ExecutionContext> {
    private final LegacyTypes types;
    private final Elements elements;
    private final Verdicts verdicts;
    private final boolean rewritten;
    private final Map<UUID, String> bridged = new HashMap<>();

    CallRewriter(LegacyTypes types, Verdicts verdicts, boolean rewritten) {
        this.types = types;
        this.elements = new Elements(types);
        this.verdicts = verdicts;
        this.rewritten = rewritten;
    }

    /** Expressions that now go through an accessor, and the legacy type of each. */
    Map<UUID, String> bridged() {
        return bridged;
    }

    // documentation of what stays is left, that of the rest follows the renaming
    @Override
    public Space visitSpace(@Nullable Space space, Space.Location location, ExecutionContext ctx) {
        if (space == null) {
            return Space.EMPTY;
        }
        return rewritten ? super.visitSpace(space, location, ctx) : space;
    }

    @Override
    public J visitImport(J.Import statement, ExecutionContext ctx) {
        return statement;
    }

    @Override
    public J visitIdentifier(J.Identifier name, ExecutionContext ctx) {
        boolean declared =
                getCursor().getParentTreeCursor().getValue() instanceof J.VariableDeclarations.NamedVariable variable
                        && variable.getName().getId().equals(name.getId());
        return declared ? name : taken(name, name);
    }

    @Override
    public J visitFieldAccess(J.FieldAccess access, ExecutionContext ctx) {
        Expression target = (Expression) visitNonNull(access.getTarget(), ctx);
        return taken(access, access.withTarget(target));
    }

    @Override
    public J visitMethodInvocation(J.MethodInvocation original, ExecutionContext ctx) {
        J.MethodInvocation call = (J.MethodInvocation) super.visitMethodInvocation(original, ctx);
        JavaType.Method method = original.getMethodType();
        LegacyType type = method == null ? null : types.exactly(method.getDeclaringType());
        if (type == null) {
            call = call.withArguments(given(call.getArguments(), method));
            return taken(original, call);
        }
        if (!rewritten || method == null) {
            return call;
        }
        return rewrite(type, original, call);
    }

    private J rewrite(LegacyType type, J.MethodInvocation original, J.MethodInvocation call) {
        LegacyType.Member member = type.member(original.getSimpleName());
        if (member == Special.OWN) {
            return types.rules().rewrite(type, call, new Cursor(getCursor().getParentOrThrow(), call), this::use);
        }
        if (member instanceof Renamed renamed) {
            return renamed(type, call, renamed.newName());
        }
        if (!(member instanceof Special special) || call.getSelect() == null) {
            return call;
        }
        return switch (special) {
            case BRIDGE -> call.getSelect().withPrefix(call.getPrefix());
            case IF_ABSENT -> condition(call, "IF_ABSENT");
            case IF_PRESENT -> condition(call, "IF_PRESENT");
            default -> call;
        };
    }

    private J renamed(LegacyType type, J.MethodInvocation call, String name) {
        JavaType.Method method =
                call.getMethodType() == null ? null : call.getMethodType().withName(name);
        J.MethodInvocation renamed =
                call.withName(call.getName().withSimpleName(name)).withMethodType(method);
        if (call.getSelect() == null && type.replacement() != null) {
            JavaType.FullyQualified holder = Trees.type(type.replacement());
            maybeRemoveImport(type.name() + "." + call.getSimpleName());
            maybeAddImport(type.replacement(), false);
            return renamed.withSelect(Trees.typeName(holder));
        }
        return renamed;
    }

    private Expression condition(J.MethodInvocation call, String name) {
        Expression same = Trees.condition(call, name, J.Binary.Type.Equal);
        maybeAddImport(LegacyTypes.WRITE_OPTIONS, false);
        return standsAlone() ? same : Trees.parenthesised(same);
    }

    @Override
    public J visitUnary(J.Unary original, ExecutionContext ctx) {
        J visited = super.visitUnary(original, ctx);
        if (visited instanceof J.Unary unary
                && unary.getOperator() == J.Unary.Type.Not
                && original.getExpression() instanceof J.MethodInvocation
                && unary.getExpression() instanceof J.Parentheses<?> parentheses
                && parentheses.getTree() instanceof J.Binary same) {
            Expression different = same.withOperator(J.Binary.Type.NotEqual).withPrefix(unary.getPrefix());
            return standsAlone() ? different : Trees.parenthesised(different);
        }
        return visited;
    }

    private boolean standsAlone() {
        J parent = getCursor().getParentTreeCursor().getValue();
        if (parent instanceof J.Binary binary) {
            return binary.getOperator() == J.Binary.Type.And || binary.getOperator() == J.Binary.Type.Or;
        }
        return !(parent instanceof J.Unary || parent instanceof J.TypeCast || parent instanceof J.InstanceOf);
    }

    @Override
    public J visitNewClass(J.NewClass original, ExecutionContext ctx) {
        J.NewClass construction = (J.NewClass) super.visitNewClass(original, ctx);
        LegacyType type = original.getClazz() == null
                ? null
                : types.exactly(original.getClazz().getType());
        if (type == null) {
            return construction.getArguments().isEmpty()
                    ? construction
                    : construction.withArguments(given(construction.getArguments(), original.getConstructorType()));
        }
        if (!rewritten || !(type.construction() instanceof Special special)) {
            return construction;
        }
        return switch (special) {
            case OWN ->
                types.rules()
                        .rewrite(
                                type,
                                construction,
                                new Cursor(getCursor().getParentOrThrow(), construction),
                                this::use);
            case OPEN -> open(construction);
            case OVER_SERVICE -> overService(construction);
            case OPTIONS -> options(construction);
            default -> construction;
        };
    }

    private void use(String type) {
        maybeAddImport(type, false);
    }

    private J open(J.NewClass construction) {
        JavaType.Method type = construction.getConstructorType();
        JContainer<Expression> arguments = construction.getPadding().getArguments();
        if (type == null || arguments == null || !(construction.getClazz() instanceof Expression select)) {
            return construction;
        }
        JavaType.FullyQualified owner = type.getDeclaringType();
        List<JavaType> parameters = type.getParameterTypes();
        if (parameters.size() == 5) {
            List<JRightPadded<Expression>> kept =
                    new ArrayList<>(arguments.getPadding().getElements());
            kept.remove(2);
            arguments = arguments.getPadding().withElements(kept);
            parameters = List.of(parameters.get(0), parameters.get(1), parameters.get(3), parameters.get(4));
        }
        return Trees.call(withoutBlank(select), "open", arguments, Trees.method(owner, true, "open", owner, parameters))
                .withPrefix(construction.getPrefix());
    }

    private static Expression withoutBlank(Expression select) {
        return select.getPrefix().getComments().isEmpty() ? select.withPrefix(Space.EMPTY) : select;
    }

    private J overService(J.NewClass construction) {
        List<Expression> arguments = CallRules.arguments(construction.getArguments());
        if (arguments.isEmpty()) {
            return construction.withArguments(List.of(shared()));
        }
        Expression service = arguments.get(0);
        LegacyType tracked = types.exactly(service.getType());
        if (tracked == null && TypeUtils.isOfClassType(service.getType(), LegacyTypes.REDIS)) {
            return construction.withArguments(List.of(bridge(service, "keyed")));
        }
        return construction;
    }

    private Expression shared() {
        if (types.has(LegacyTypes.REDIS)) {
            maybeAddImport(LegacyTypes.SHARED_CACHE, false);
            return Trees.sharedCache(
                    LegacyTypes.SHARED_CACHE, "get", Trees.type(LegacyTypes.CACHE + "domain.keyed.KeyedCache"));
        }
        maybeAddImport(LegacyTypes.SHARED, false);
        return Trees.bridge(
                Trees.sharedCache(LegacyTypes.SHARED, "redis", Trees.type(LegacyTypes.REDIS)),
                "keyed",
                LegacyTypes.CACHE + "domain.keyed.KeyedCache");
    }

    private J options(J.NewClass construction) {
        JavaType.Method constructor = construction.getConstructorType();
        if (constructor == null || !(construction.getClazz() instanceof Expression clazz)) {
            return construction;
        }
        List<Expression> arguments = construction.getArguments();
        JavaType.FullyQualified owner = constructor.getDeclaringType();
        Expression select = withoutBlank(clazz);
        Expression ttl = CallRules.isNull(arguments.get(0)) ? null : arguments.get(0);
        List<JavaType> duration = List.of(Trees.type("java.time.Duration"));
        if (!CallRules.isTrue(arguments.get(1)) && !CallRules.isTrue(arguments.get(2))) {
            Expression plain = ttl == null
                    ? Trees.constant(select, "DEFAULTS", owner)
                    : Trees.call(
                            select, "ttl", Trees.arguments(ttl), Trees.method(owner, true, "ttl", owner, duration));
            return plain.withPrefix(construction.getPrefix());
        }
        String name = CallRules.isTrue(arguments.get(1)) ? "ifAbsent" : "ifPresent";
        Expression made =
                Trees.call(select, name, Trees.noArguments(), Trees.method(owner, true, name, owner, List.of()));
        if (ttl != null) {
            made = Trees.call(
                    made, "withTtl", Trees.arguments(ttl), Trees.method(owner, false, "withTtl", owner, duration));
        }
        return made.withPrefix(construction.getPrefix());
    }

    @Override
    public J visitMemberReference(J.MemberReference original, ExecutionContext ctx) {
        J.MemberReference reference = (J.MemberReference) super.visitMemberReference(original, ctx);
        LegacyType type = types.exactly(original.getContaining().getType());
        if (type == null || !rewritten) {
            return reference;
        }
        String name = original.getReference().getSimpleName();
        String newName = null;
        if (name.equals("new")) {
            newName = type.construction() == Special.OPEN ? "open" : null;
        } else if (type.member(name) instanceof Renamed renamed) {
            newName = renamed.newName();
        }
        if (newName == null) {
            return reference;
        }
        JavaType.Method method = reference.getMethodType();
        return reference
                .withReference(reference.getReference().withSimpleName(newName))
                .withMethodType(method == null ? null : method.withName(newName));
    }

    @Override
    public J visitAssignment(J.Assignment assignment, ExecutionContext ctx) {
        Expression value = (Expression) visitNonNull(assignment.getAssignment(), ctx);
        String owner = elements.source(assignment.getVariable());
        LegacyType type = types.exactly(assignment.getVariable().getType());
        if (!rewritten && type != null && verdicts.ownerIsRewritten(owner)) {
            value = handedOver(value, type);
        }
        return assignment.withAssignment(value);
    }

    /** Arguments of a call, a legacy object handed to a rewritten file going through its accessor. */
    private List<Expression> given(List<Expression> arguments, JavaType.@Nullable Method method) {
        if (rewritten) {
            return arguments;
        }
        return ListUtils.map(arguments, (index, argument) -> {
            LegacyType type = types.exactly(elements.parameter(method, index));
            return type != null && verdicts.ownerIsRewritten(elements.sink(method, index))
                    ? handedOver(argument, type)
                    : argument;
        });
    }

    private Expression handedOver(Expression value, LegacyType type) {
        boolean legacy = types.exactly(value.getType()) != null || types.isSubtype(value.getType());
        return type.bridge() != null && legacy && !CallRules.isNull(value) ? bridge(value, type.bridge()) : value;
    }

    /** An expression of a rewritten file that takes its value from one that stays goes through the accessor. */
    private J taken(J original, J visited) {
        if (!rewritten
                || !(visited instanceof Expression expression)
                || getCursor().firstEnclosing(Javadoc.class) != null) {
            return visited;
        }
        String accessor = elements.bridge(expression);
        boolean statement = getCursor().getParentTreeCursor().getValue() instanceof J.Block;
        return accessor == null || statement || !verdicts.ownerStaysLegacy(elements.source(original))
                ? visited
                : bridge(expression, accessor);
    }

    private Expression bridge(Expression expression, String accessor) {
        LegacyType type = types.exactly(expression.getType());
        bridged.put(expression.getId(), type == null ? "RedisCacheService" : type.simpleName());
        String result = type == null || type.replacement() == null
                ? LegacyTypes.CACHE + "domain.keyed.KeyedCache"
                : type.replacement();
        return Trees.bridge(expression, accessor, result);
    }
}
