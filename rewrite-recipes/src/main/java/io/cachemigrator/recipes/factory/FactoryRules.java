package io.cachemigrator.recipes.factory;

import io.cachemigrator.recipes.services.FamilyRules;
import io.cachemigrator.recipes.services.LegacyType;
import io.cachemigrator.recipes.services.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** What becomes of constructions, accessors and invalidations of the factory family. */
final class FactoryRules implements FamilyRules {
    private static final Refusal PATTERN = new Refusal(
            "AMBIGUOUS_PATTERN",
            "What the pattern means depended on the cache behind the interface: a part of the key, or all of it. Write the whole key's pattern by hand.");
    private static final Refusal SIDE_EFFECT = new Refusal(
            "SIDE_EFFECT", "The replacement drops the last argument, and evaluating it may do something. Inline it.");

    @Override
    public List<Flag> flags(J.CompilationUnit file) {
        List<Flag> flags = new ArrayList<>();
        new FlagScanner().visit(file, flags);
        return flags;
    }

    @Override
    public @Nullable Refusal call(LegacyType type, J.MethodInvocation call, Cursor cursor) {
        List<Expression> arguments = arguments(call.getArguments());
        return switch (call.getSimpleName()) {
            case "invalidatePattern" -> type.simpleName().equals("CacheInterface") ? PATTERN : dropped(arguments, 1);
            case "invalidateByOperation" -> dropped(arguments, 1);
            case "clear" -> dropped(arguments, 0);
            default -> null;
        };
    }

    private static @Nullable Refusal dropped(List<Expression> arguments, int kept) {
        return arguments.stream().skip(kept).allMatch(Captures::isHarmless) ? null : SIDE_EFFECT;
    }

    @Override
    public @Nullable Refusal construction(LegacyType type, J.NewClass construction, Cursor cursor) {
        List<Expression> arguments = arguments(construction.getArguments());
        if (arguments.stream().anyMatch(it -> TypeUtils.isOfClassType(it.getType(), FactoryTypes.OPTIONS))) {
            return Refusal.noCounterpart("LegacyOptions", "Give the settings to CacheFactory one by one.");
        }
        if (Constructions.of(type.simpleName(), arguments.size(), false) == null) {
            return Refusal.noCounterpart("This constructor", "Make the cache with CacheFactory by hand.");
        }
        return Captures.refusal(arguments, cursor);
    }

    @Override
    public J rewrite(LegacyType type, J.NewClass construction, Cursor cursor, Consumer<String> imports) {
        List<Expression> arguments = arguments(construction.getArguments());
        Constructions made = Constructions.of(type.simpleName(), arguments.size(), Captures.isTestSource(cursor));
        return made == null
                ? construction
                : made.apply(cursor, construction.getCoordinates().replace(), arguments, imports)
                        .withPrefix(construction.getPrefix());
    }

    @Override
    public J rewrite(LegacyType type, J.MethodInvocation call, Cursor cursor, Consumer<String> imports) {
        List<Expression> arguments = arguments(call.getArguments());
        return switch (call.getSimpleName()) {
            case "getAiCache" ->
                Constructions.SHARED_AI
                        .apply(cursor, call.getCoordinates().replace(), List.of(), imports)
                        .withPrefix(call.getPrefix());
            case "createAiCache" ->
                Constructions.AI
                        .apply(cursor, call.getCoordinates().replace(), List.of(), imports)
                        .withPrefix(call.getPrefix());
            case "getCacheInstance" ->
                Constructions.environment(arguments.isEmpty())
                        .apply(cursor, call.getCoordinates().replace(), arguments, imports)
                        .withPrefix(call.getPrefix());
            case "invalidatePattern" -> kept(partOfKey(type) ? widened(call, arguments) : call, 1);
            case "invalidateByOperation" -> kept(call, 1);
            case "clear" -> kept(call, 0);
            default -> call;
        };
    }

    /** Caches of answers took a part of the key for a pattern, all others the whole key. */
    private static boolean partOfKey(LegacyType type) {
        return type.simpleName().equals("AiResponseCache") || type.simpleName().equals("LegacyCacheWrapper");
    }

    private static J.MethodInvocation widened(J.MethodInvocation call, List<Expression> arguments) {
        List<Expression> wide = new ArrayList<>(arguments);
        wide.set(0, Patterns.anywhere(arguments.get(0)));
        return call.withArguments(wide);
    }

    /** The call with its first arguments only. */
    private static J.MethodInvocation kept(J.MethodInvocation call, int count) {
        List<Expression> arguments = arguments(call.getArguments());
        if (arguments.size() <= count) {
            return call;
        }
        JavaType.Method type = call.getMethodType();
        List<Expression> left = count == 0 ? List.of(Patterns.nothing()) : arguments.subList(0, count);
        return call.withArguments(left)
                .withMethodType(
                        type == null
                                ? null
                                : type.withParameterTypes(
                                                type.getParameterTypes().subList(0, count))
                                        .withParameterNames(
                                                type.getParameterNames().subList(0, count)));
    }

    static List<Expression> arguments(List<Expression> written) {
        return written.stream().filter(it -> !(it instanceof J.Empty)).toList();
    }
}
