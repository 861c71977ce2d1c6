package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.exchange.Types;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** What becomes of a member of a replaced type where it is called or referred to. */
final class CallRules {
    private CallRules() {}

    /** Why a call stays; null when it need not. */
    static @Nullable Refusal call(J.MethodInvocation call, JavaType.Method method, Cursor cursor) {
        List<Expression> arguments = call.getArguments();
        return switch (call.getSimpleName()) {
            case "ticker" -> isReadable(arguments.get(0)) ? null : GuavaRefusals.TICKER;
            case "from" -> takesSpec(method) && parsed(arguments.get(0)) == null ? GuavaRefusals.SPEC : null;
            case "reload" -> isLoader(method) && !isResultOfOverride(cursor) ? GuavaRefusals.RELOAD : null;
            default -> null;
        };
    }

    /** Why a reference to a method stays; null when it need not. */
    static @Nullable Refusal reference(J.MemberReference reference, JavaType.Method method) {
        return switch (method.getName()) {
            case "ticker" -> GuavaRefusals.TICKER;
            case "from" -> takesSpec(method) ? GuavaRefusals.SPEC : null;
            case "reload" -> isLoader(method) ? GuavaRefusals.RELOAD : null;
            default ->
                MapResults.isBulk(method) && mentionsImmutableMap(reference.getType(), 0)
                        ? GuavaRefusals.METHOD_REFERENCE
                        : null;
        };
    }

    private static boolean isLoader(JavaType.Method method) {
        return TypeUtils.isAssignableTo(GuavaTypes.LOADER, method.getDeclaringType());
    }

    /** Whether a method takes a specification. */
    static boolean takesSpec(JavaType.Method method) {
        return !method.getParameterTypes().isEmpty()
                && GuavaTypes.SPEC.equals(Types.name(method.getParameterTypes().get(0)));
    }

    /** The call of {@code CacheBuilderSpec.parse} that an argument is; null when it is none. */
    static J.@Nullable MethodInvocation parsed(Expression argument) {
        return argument instanceof J.MethodInvocation call
                        && call.getSimpleName().equals("parse")
                        && call.getMethodType() != null
                        && GuavaTypes.SPEC.equals(
                                Types.name(call.getMethodType().getDeclaringType()))
                ? call
                : null;
    }

    /** Whether an expression is a ticker whose method can be referred to without making it anew. */
    private static boolean isReadable(Expression ticker) {
        return TypeUtils.isAssignableTo(GuavaTypes.TICKER, ticker.getType())
                && (ticker instanceof J.Identifier
                        || ticker instanceof J.FieldAccess
                        || ticker instanceof J.MethodInvocation);
    }

    private static boolean isResultOfOverride(Cursor cursor) {
        J.MethodDeclaration method = cursor.firstEnclosing(J.MethodDeclaration.class);
        return cursor.getParentTreeCursor().getValue() instanceof J.Return
                && method != null
                && Reloads.results(method).contains(cursor.<Expression>getValue())
                && Reloads.isOverride(method);
    }

    private static boolean mentionsImmutableMap(@Nullable JavaType type, int depth) {
        if (type == null || depth > 4) {
            return false;
        }
        if (type instanceof JavaType.GenericTypeVariable variable) {
            return variable.getBounds().stream().anyMatch(it -> mentionsImmutableMap(it, depth + 1));
        }
        if (type instanceof JavaType.Parameterized parameterized
                && parameterized.getTypeParameters().stream().anyMatch(it -> mentionsImmutableMap(it, depth + 1))) {
            return true;
        }
        return GuavaTypes.IMMUTABLE_MAP.equals(Types.name(type));
    }
}
