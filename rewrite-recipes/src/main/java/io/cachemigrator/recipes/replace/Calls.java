package io.cachemigrator.recipes.replace;

import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeTree;

/** Notes what is called, made and referred to in one file. */
final class Calls {
    private static final Pattern LOOKS_INSIDE =
            Pattern.compile("get(Declared)?(Method|Field|Constructor|Class(es)?)s?|newInstance|getName|getTypeName");

    private final Family family;
    private final Throwers throwers;
    private final Sites sites;
    private final Links links;
    private final FileUses file;

    Calls(Family family, Sites sites, Links links, FileUses file) {
        this.family = family;
        this.throwers = new Throwers(family);
        this.sites = sites;
        this.links = links;
        this.file = file;
    }

    /** A call of a method. */
    void call(J.MethodInvocation call, Cursor cursor) {
        JavaType.Method method = call.getMethodType();
        if (method == null) {
            unknown(call);
            return;
        }
        String owner = family.receiver(method, call.getSelect());
        sees(throwers.kind(method, call.getSelect()), method);
        if (owner != null) {
            own(call, method, owner, cursor);
        } else {
            foreign(call, method);
        }
        sites.handle(call.getName());
    }

    private void own(J.MethodInvocation call, JavaType.Method method, String owner, Cursor cursor) {
        Refusal refusal = family.member(owner, method, written(call.getArguments()), cursor);
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

    private void foreign(J.MethodInvocation call, JavaType.Method method) {
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
            looksInside(call);
        }
    }

    /** Arguments without the empty one that stands for none. */
    private static List<Expression> written(List<Expression> arguments) {
        return arguments.stream().filter(it -> !(it instanceof J.Empty)).toList();
    }

    private void unknown(J.MethodInvocation call) {
        boolean ours = Stream.concat(Stream.ofNullable(call.getSelect()), call.getArguments().stream())
                .anyMatch(it -> family.within(it.getType()));
        if (ours) {
            file.add(sites.use(call.getName(), call.getSimpleName(), ReplaceRefusals.UNKNOWN_TYPE));
        }
        file.seesForeign();
    }

    private void sees(Throwers.Kind kind, JavaType.Method method) {
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

    private void looksInside(J.MethodInvocation call) {
        if (call.getSelect() instanceof J.FieldAccess literal
                && literal.getSimpleName().equals("class")
                && family.names(String.valueOf(Family.name(literal.getTarget().getType())))
                && LOOKS_INSIDE.matcher(call.getSimpleName()).matches()) {
            file.add(sites.use(literal.getTarget(), "class literal", ReplaceRefusals.REFLECTION));
        }
    }

    /** A construction. */
    void construction(J.NewClass construction, Cursor cursor) {
        TypeTree clazz = construction.getClazz();
        String name = clazz == null ? null : Family.name(clazz.getType());
        JavaType.Method constructor = construction.getConstructorType();
        if (clazz != null && name != null && family.owns(name)) {
            file.add(sites.use(Sites.naming(clazz), Family.shown(name) + ".<init>", made(construction, name, cursor)));
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
                sees(throwers.kind(constructor, null), constructor);
            }
        }
    }

    /** Why a construction stays; null when it need not. */
    private @Nullable Refusal made(J.NewClass construction, String name, Cursor cursor) {
        JavaType.Method constructor = construction.getConstructorType();
        if (!family.isReplaced(name)) {
            return family.unreplaced(name);
        }
        if (construction.getBody() != null) {
            return ReplaceRefusals.SUBCLASS;
        }
        return constructor == null
                ? ReplaceRefusals.UNKNOWN_TYPE
                : family.member(name, constructor, written(construction.getArguments()), cursor);
    }

    /** A reference to a method. */
    void reference(J.MemberReference reference, Cursor cursor) {
        JavaType.Method method = reference.getMethodType();
        if (method == null) {
            return;
        }
        String owner = family.receiver(method, reference.getContaining());
        sees(throwers.kind(method, reference.getContaining()), method);
        if (owner != null) {
            String member = reference.getReference().getSimpleName();
            String api = Family.shown(owner) + "." + (member.equals("new") ? "<init>" : member);
            file.add(sites.use(reference.getReference(), api, family.member(owner, method, List.of(), cursor)));
            file.meetings().addAll(family.meetings(owner, method));
            sites.handle(Sites.naming(reference.getContaining()));
        } else {
            links.call(method, reference.getReference());
        }
        sites.handle(reference.getReference());
    }
}
