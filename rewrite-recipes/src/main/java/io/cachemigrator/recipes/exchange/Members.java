package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeTree;

/** Notes calls, references to methods and constructions, of the family's types and of others. */
final class Members {
    private static final Pattern LOOKS_INSIDE =
            Pattern.compile("get(Declared)?(Method|Field|Constructor|Class(es)?)s?|newInstance|getName|getTypeName");

    private final Family family;
    private final FileUses file;
    private final Sites sites;
    private final Links links;

    Members(Family family, FileUses file, Sites sites, Links links) {
        this.family = family;
        this.file = file;
        this.sites = sites;
        this.links = links;
    }

    void call(J.MethodInvocation call, Cursor cursor) {
        JavaType.Method method = call.getMethodType();
        if (method == null) {
            unknown(call);
            return;
        }
        String owner = family.owner(method, call.getSelect());
        sees(family.thrownBy(method, call.getSelect()), method);
        Refusal elsewhere = family.elsewhere(method);
        if (elsewhere != null) {
            file.checks().add(sites.at(call, Types.shown(owner) + "." + call.getSimpleName(), elsewhere));
        }
        if (family.isOwn(owner)) {
            own(call, method, owner, cursor);
        } else {
            links.call(method, call.getName());
            arguments(method, call.getArguments());
            looksInside(call);
        }
        sites.handle(call.getName());
    }

    private void own(J.MethodInvocation call, JavaType.Method method, String owner, Cursor cursor) {
        Verdict verdict =
                family.isReplaced(owner) ? family.call(call, method, cursor) : Verdict.of(family.mention(owner));
        if (sites.isHandled(call)) {
            return;
        }
        verdict.covered().forEach(sites::handle);
        later(call, call.getName(), method, call.getArguments());
        file.add(sites.use(call.getName(), Types.shown(owner) + "." + call.getSimpleName(), verdict.refusal()));
        file.meetings().addAll(family.meetings(owner, method));
        if (verdict.adapted() != null) {
            file.adapted().put(call.getName().getId(), verdict.adapted());
        }
        if ((call.getSelect() instanceof J.Identifier name && name.getFieldType() == null)
                || (call.getSelect() instanceof J.FieldAccess access
                        && access.getName().getFieldType() == null)) {
            sites.handle(call.getSelect());
        }
    }

    private void later(J use, J named, JavaType.Method method, List<Expression> arguments) {
        Supplier<@Nullable Refusal> question = family.later(use, method, arguments);
        if (question != null) {
            file.pending().put(named.getId(), question);
        }
    }

    /** A field is used. */
    void field(J.Identifier name, JavaType.Variable field) {
        String owner = Types.name(field.getOwner());
        if (owner != null && family.isOwn(owner) && !sites.isHandled(name)) {
            Refusal refusal = family.isReplaced(owner) ? family.field(field) : family.mention(owner);
            if (refusal != null) {
                file.add(sites.use(name, Types.shown(owner) + "." + field.getName(), refusal));
            }
        }
    }

    private void unknown(J.MethodInvocation call) {
        boolean own = Stream.concat(Stream.ofNullable(call.getSelect()), call.getArguments().stream())
                .anyMatch(it -> family.within(it.getType()));
        if (own) {
            file.add(sites.use(call.getName(), call.getSimpleName(), ExchangeRefusals.UNKNOWN_TYPE));
        }
        file.seesForeign();
    }

    private void sees(Throws kind, JavaType.Method method) {
        switch (kind) {
            case LOAD -> file.seesLoad();
            case FOREIGN -> file.seesForeign();
            case UNKNOWN -> file.called().add(method.getDeclaringType().getFullyQualifiedName());
            case NOTHING -> {}
        }
    }

    private void arguments(JavaType.@Nullable Method method, List<Expression> arguments) {
        List<JavaType> parameters = method == null ? List.of() : method.getParameterTypes();
        for (int i = 0; i < Math.min(arguments.size(), parameters.size()); i++) {
            given(parameters.get(i), arguments.get(i));
        }
    }

    /** A value goes where a type is wanted. */
    void given(@Nullable JavaType target, @Nullable Expression value) {
        links.escape(target, value);
        Refusal refusal = target == null || value == null ? null : family.given(target, value);
        if (refusal != null && value != null) {
            String name = Types.name(value.getType());
            file.add(sites.at(value, name == null ? "value" : Types.shown(name), refusal));
        }
    }

    private void looksInside(J.MethodInvocation call) {
        if (call.getSelect() instanceof J.FieldAccess literal
                && literal.getSimpleName().equals("class")
                && family.isOwn(Types.name(literal.getTarget().getType()))
                && LOOKS_INSIDE.matcher(call.getSimpleName()).matches()) {
            file.add(sites.use(literal.getTarget(), "class literal", ExchangeRefusals.REFLECTION));
        }
    }

    void construction(J.NewClass construction) {
        TypeTree clazz = construction.getClazz();
        String name = clazz == null ? null : Types.name(clazz.getType());
        if (clazz != null && name != null && family.isOwn(name)) {
            Refusal refusal = family.construction(construction, name);
            JavaType.Method constructor = construction.getConstructorType();
            if (constructor != null) {
                later(construction, naming(clazz), constructor, construction.getArguments());
                sees(family.thrownBy(constructor, null), constructor);
            }
            file.add(sites.use(naming(clazz), Types.shown(name) + ".<init>", refusal));
            if (construction.getConstructorType() != null) {
                sees(family.thrownBy(construction.getConstructorType(), null), construction.getConstructorType());
            }
        } else if (clazz != null && TryScanner.isForeign(family, construction)) {
            sites.handle(clazz);
            file.seesForeign();
        } else {
            JavaType.Method constructor = construction.getConstructorType();
            links.call(constructor, construction);
            arguments(constructor, construction.getArguments());
            if (constructor != null) {
                sees(family.thrownBy(constructor, null), constructor);
            }
        }
    }

    void reference(J.MemberReference reference) {
        JavaType.Method method = reference.getMethodType();
        links.function(reference.getType(), reference);
        if (method == null) {
            return;
        }
        String owner = family.owner(method, reference.getContaining());
        sees(family.thrownBy(method, reference.getContaining()), method);
        if (family.isOwn(owner)) {
            Refusal refusal = family.isReplaced(owner) ? family.reference(reference, method) : family.mention(owner);
            String member = reference.getReference().getSimpleName();
            String api = Types.shown(owner) + "." + (member.equals("new") ? "<init>" : member);
            file.add(sites.use(reference.getReference(), api, refusal));
            file.meetings().addAll(family.meetings(owner, method));
            sites.handle(naming(reference.getContaining()));
        } else {
            links.call(method, reference.getReference());
        }
        sites.handle(reference.getReference());
    }

    /** The tree that bears the name of a type. */
    static J naming(J tree) {
        return tree instanceof J.ParameterizedType parameterized ? naming(parameterized.getClazz()) : tree;
    }
}
