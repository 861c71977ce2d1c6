package io.cachemigrator.recipes.map;

import io.cachemigrator.map.InlineForm;
import io.cachemigrator.recipes.services.FamilyRules;
import io.cachemigrator.recipes.services.LegacyType;
import io.cachemigrator.recipes.services.LegacyType.Same;
import io.cachemigrator.recipes.services.LegacyTypes;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** What becomes of calls and constructions for which a map has a replacement of its own. */
final class MapRules implements FamilyRules {
    private static final Refusal SIDE_EFFECT = new Refusal(
            "SIDE_EFFECT",
            "The replacement evaluates its operands in another order or not once, and one of them may do something. Hold it in a variable first.");
    private static final Refusal SUBTYPE =
            new Refusal("INHERITANCE", "The type is implemented, and what replaces it may ask for other methods.");
    private static final Refusal NAME_TAKEN =
            new Refusal("NAME_TAKEN", "The file has another type with the name of a replacement. Write one in full.");

    private final Map<String, List<InlineForm>> forms;

    MapRules(Map<String, List<InlineForm>> forms) {
        this.forms = Map.copyOf(forms);
    }

    static String key(String type, String method) {
        return type + "#" + method;
    }

    private List<InlineForm> forms(LegacyType type, String method) {
        return forms.getOrDefault(key(type.name(), method), List.of());
    }

    @Override
    public @Nullable Refusal file(LegacyTypes types, J.CompilationUnit file) {
        return TakenNames.in(file, types) ? NAME_TAKEN : null;
    }

    @Override
    public @Nullable Refusal implementation() {
        return SUBTYPE;
    }

    @Override
    public @Nullable Refusal constant(LegacyType type, String name) {
        return type.members().get(name) instanceof Same
                ? null
                : Refusal.noCounterpart(type.simpleName() + "." + name, "The map does not say what replaces it.");
    }

    @Override
    public @Nullable Refusal call(LegacyType type, J.MethodInvocation call, Cursor cursor) {
        List<InlineForm> known = forms(type, call.getSimpleName());
        if (known.isEmpty()) {
            return null;
        }
        String api = type.simpleName() + "." + call.getSimpleName();
        Optional<InlineForm> form = Inlining.form(known, call.getMethodType());
        if (form.isEmpty()) {
            return unknown(api);
        }
        if (call.getSelect() == null && Inlining.usesThis(form.get())) {
            return Refusal.noCounterpart(api + " without an object", "Name the object.");
        }
        return Inlining.isSafe(form.get(), call.getSelect(), arguments(call.getArguments())) ? null : SIDE_EFFECT;
    }

    @Override
    public @Nullable Refusal construction(LegacyType type, J.NewClass construction, Cursor cursor) {
        List<InlineForm> known = forms(type, "<init>");
        if (known.isEmpty()) {
            return null;
        }
        if (construction.getEnclosing() != null) {
            return unknown("new " + type.simpleName() + " in an object");
        }
        Optional<InlineForm> form = Inlining.form(known, construction.getConstructorType());
        if (form.isEmpty()) {
            return unknown("new " + type.simpleName());
        }
        return Inlining.isSafe(form.get(), null, arguments(construction.getArguments())) ? null : SIDE_EFFECT;
    }

    private static Refusal unknown(String api) {
        return Refusal.noCounterpart(api + " with these parameters", "The map has no 'inline' for them.");
    }

    @Override
    public J rewrite(LegacyType type, J.MethodInvocation call, Cursor cursor, Consumer<String> imports) {
        return inline(
                type,
                forms(type, call.getSimpleName()),
                call.getMethodType(),
                new Inlining(cursor, call.getCoordinates().replace(), call.getSelect(), arguments(call.getArguments())),
                call,
                imports);
    }

    @Override
    public J rewrite(LegacyType type, J.NewClass construction, Cursor cursor, Consumer<String> imports) {
        return inline(
                type,
                forms(type, "<init>"),
                construction.getConstructorType(),
                new Inlining(
                        cursor, construction.getCoordinates().replace(), null, arguments(construction.getArguments())),
                construction,
                imports);
    }

    private static J inline(
            LegacyType type,
            List<InlineForm> forms,
            JavaType.@Nullable Method method,
            Inlining place,
            J tree,
            Consumer<String> imports) {
        Optional<InlineForm> form = Inlining.form(forms, method);
        if (form.isEmpty()) {
            return tree;
        }
        form.get().imports().forEach(imports);
        return place.apply(form.get(), String.valueOf(type.replacement())).withPrefix(tree.getPrefix());
    }

    private static List<Expression> arguments(List<Expression> written) {
        return written.stream().filter(it -> !(it instanceof J.Empty)).toList();
    }
}
