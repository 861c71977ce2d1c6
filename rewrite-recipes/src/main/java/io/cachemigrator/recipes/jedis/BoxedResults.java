package io.cachemigrator.recipes.jedis;

import io.cachemigrator.recipes.exchange.Types;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeTree;

/** Results that are {@code Long} or {@code Boolean} in old clients, and a plain value in new ones and in text caches. */
final class BoxedResults {
    /** Methods with a variant for the plain value that does the same. */
    private static final Set<String> ALIKE = Set.of("valueOf", "append", "print", "println");

    private BoxedResults() {}

    /**
     * Whether a call's result is used as the object that it no longer will be.
     *
     * @param cursor at the call
     */
    static boolean losesObject(JavaType.Method method, Cursor cursor) {
        return isBoxed(method.getReturnType()) && !takesPlain(cursor);
    }

    private static boolean isBoxed(@Nullable JavaType type) {
        String name = Types.name(type);
        return "java.lang.Long".equals(name) || "java.lang.Boolean".equals(name);
    }

    private static boolean takesPlain(Cursor cursor) {
        J call = cursor.getValue();
        Cursor above = cursor.getParentTreeCursor();
        Object parent = above.getValue();
        if (parent instanceof J.Parentheses<?>) {
            return takesPlain(above);
        }
        if (parent instanceof J.Binary binary) {
            return isPlain(binary.getLeft() == call ? binary.getRight() : binary.getLeft());
        }
        if (parent instanceof J.VariableDeclarations.NamedVariable) {
            J.VariableDeclarations variables = above.firstEnclosing(J.VariableDeclarations.class);
            TypeTree type = variables == null ? null : variables.getTypeExpression();
            return type != null
                    && !(type instanceof J.Identifier name
                            && name.getSimpleName().equals("var"));
        }
        if (parent instanceof J.Ternary choice) {
            return choice.getCondition() == call;
        }
        if (parent instanceof J.MethodInvocation outer) {
            return outer.getSelect() != call
                    && (ALIKE.contains(outer.getSimpleName()) || isOnly(outer.getMethodType()));
        }
        if (parent instanceof J.NewClass made) {
            return isOnly(made.getConstructorType());
        }
        return parent instanceof J.Block
                || parent instanceof J.Lambda
                || parent instanceof J.Return
                || parent instanceof J.Assignment
                || parent instanceof J.Unary
                || parent instanceof J.TypeCast
                || parent instanceof J.ControlParentheses<?>
                || parent instanceof J.NewArray;
    }

    /** Whether something beside a result makes a plain value of it, or a text. */
    private static boolean isPlain(Expression other) {
        return (other.getType() instanceof JavaType.Primitive primitive && primitive != JavaType.Primitive.Null)
                || "java.lang.String".equals(Types.name(other.getType()));
    }

    /** Whether a method has no variant that a plain value could choose. */
    private static boolean isOnly(JavaType.@Nullable Method method) {
        if (method == null) {
            return false;
        }
        List<JavaType.Method> variants = method.getDeclaringType().getMethods().stream()
                .filter(it -> it.getName().equals(method.getName())
                        && it.getParameterTypes().size()
                                == method.getParameterTypes().size())
                .toList();
        return variants.size() == 1;
    }
}
