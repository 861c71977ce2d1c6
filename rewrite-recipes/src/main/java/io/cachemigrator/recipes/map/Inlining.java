package io.cachemigrator.recipes.map;

import io.cachemigrator.map.InlineForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaCoordinates;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/**
 * A call in whose place another one is written.
 *
 * @param cursor leads to the call
 * @param place where it is
 * @param object the legacy object; null where there is none
 * @param arguments the call's arguments
 */
record Inlining(
        Cursor cursor, JavaCoordinates place, @Nullable Expression object, List<Expression> arguments) {
    /** The form for an overload. */
    static Optional<InlineForm> form(List<InlineForm> forms, JavaType.@Nullable Method method) {
        if (method == null) {
            return Optional.empty();
        }
        List<String> declared = declared(method).getParameterTypes().stream()
                .map(Inlining::erasure)
                .toList();
        return forms.stream()
                .filter(form -> form.parameterTypes().equals(declared))
                .findFirst();
    }

    /** A method as its class declares it, without what a call makes of its type parameters. */
    private static JavaType.Method declared(JavaType.Method call) {
        return call.getDeclaringType().getMethods().stream()
                .filter(method -> method.getName().equals(call.getName())
                        && method.getParameterTypes().size()
                                == call.getParameterTypes().size()
                        && fits(method, call))
                .findFirst()
                .orElse(call);
    }

    private static boolean fits(JavaType.Method declared, JavaType.Method call) {
        for (int i = 0; i < declared.getParameterTypes().size(); i++) {
            JavaType wanted = declared.getParameterTypes().get(i);
            boolean same =
                    erasure(wanted).equals(erasure(call.getParameterTypes().get(i)));
            if (!same && !(wanted instanceof JavaType.GenericTypeVariable)) {
                return false;
            }
        }
        return true;
    }

    private static String erasure(@Nullable JavaType type) {
        if (type instanceof JavaType.Array array) {
            return erasure(array.getElemType()) + "[]";
        }
        if (type instanceof JavaType.GenericTypeVariable variable) {
            return variable.getBounds().isEmpty()
                    ? "java.lang.Object"
                    : erasure(variable.getBounds().get(0));
        }
        if (type instanceof JavaType.Primitive primitive && primitive != JavaType.Primitive.String) {
            return primitive.getKeyword();
        }
        JavaType.FullyQualified qualified = TypeUtils.asFullyQualified(type);
        return type == JavaType.Primitive.String
                ? "java.lang.String"
                : qualified == null
                        ? String.valueOf(type)
                        : qualified.getFullyQualifiedName().replace('$', '.');
    }

    static boolean usesThis(InlineForm form) {
        return form.pieces().stream()
                .anyMatch(piece -> piece.operand() && piece.text().equals(InlineForm.THIS));
    }

    /** Whether the replacement evaluates the same in the same order, or its operands do nothing. */
    static boolean isSafe(InlineForm form, @Nullable Expression object, List<Expression> arguments) {
        boolean varargs = arguments.size() != form.parameterNames().size();
        boolean drops = object != null && !isHarmless(object) && !usesThis(form);
        return !varargs
                && !drops
                && (form.keepsOrder()
                        || Stream.concat(Stream.ofNullable(object), arguments.stream())
                                .allMatch(Inlining::isHarmless));
    }

    private static List<String> named(InlineForm form, String owner) {
        return Stream.concat(Stream.of(owner), form.imports().stream()).toList();
    }

    private static boolean isHarmless(Expression expression) {
        return expression instanceof J.Literal
                || expression instanceof J.Identifier
                || (expression instanceof J.FieldAccess access && isHarmless(access.getTarget()));
    }

    /**
     * The code in place of the call.
     *
     * @param owner the type of the object by then
     */
    J apply(InlineForm form, String owner) {
        StringBuilder template = new StringBuilder();
        List<Object> operands = new ArrayList<>();
        Set<UUID> used = new HashSet<>();
        for (InlineForm.Piece piece : form.pieces()) {
            if (!piece.operand()) {
                template.append(piece.text());
                continue;
            }
            int index = form.parameterNames().indexOf(piece.text());
            Expression operand = index < 0 ? object : arguments.get(index);
            if (operand == null) {
                throw new IllegalStateException("a call without an object is refused before");
            }
            String type = index < 0 ? owner : form.parameterTypes().get(index);
            template.append("#{any(").append(type).append(")}");
            operands.add(used.add(operand.getId()) ? operand : operand.<Expression>withId(Tree.randomId()));
        }
        return JavaTemplate.builder(template.toString())
                .imports(form.imports().toArray(String[]::new))
                .javaParser(JavaParser.fromJavaVersion().classpath(Places.of(named(form, owner))))
                .build()
                .apply(cursor, place, operands.toArray());
    }
}
