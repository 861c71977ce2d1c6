package io.cachemigrator.recipes.factory;

import io.cachemigrator.recipes.services.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.SourceFile;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Whether arguments may move into a lambda expression, and names that are free for its parameter. */
final class Captures {
    private static final Refusal CHANGES = new Refusal(
            "CHANGING_VARIABLE",
            "An argument is a variable that is set more than once, which a lambda expression cannot read. Copy it to one that is final.");
    private static final Refusal THROWS = new Refusal(
            "CHECKED_EXCEPTION",
            "Evaluating an argument may throw a checked exception, which a lambda expression cannot. Evaluate it into a variable first.");

    private Captures() {}

    /** Why arguments cannot move into a lambda expression; null when they can. */
    static @Nullable Refusal refusal(List<Expression> arguments, Cursor cursor) {
        Set<String> locals = new HashSet<>();
        AtomicBoolean throwing = new AtomicBoolean();
        for (Expression argument : arguments) {
            new JavaIsoVisitor<Set<String>>() {
                @Override
                public J.Identifier visitIdentifier(J.Identifier name, Set<String> into) {
                    if (name.getFieldType() != null
                            && !(name.getFieldType().getOwner() instanceof JavaType.FullyQualified)) {
                        into.add(name.getSimpleName());
                    }
                    return super.visitIdentifier(name, into);
                }

                @Override
                public J.MethodInvocation visitMethodInvocation(J.MethodInvocation call, Set<String> into) {
                    note(call.getMethodType());
                    return super.visitMethodInvocation(call, into);
                }

                @Override
                public J.NewClass visitNewClass(J.NewClass construction, Set<String> into) {
                    note(construction.getConstructorType());
                    return super.visitNewClass(construction, into);
                }

                private void note(JavaType.@Nullable Method method) {
                    if (method == null || !method.getThrownExceptions().isEmpty()) {
                        throwing.set(true);
                    }
                }
            }.visit(argument, locals);
        }
        if (throwing.get()) {
            return THROWS;
        }
        return locals.isEmpty() || !anySet(locals, cursor) ? null : CHANGES;
    }

    /** Whether one of the names is assigned anywhere in the class around. */
    private static boolean anySet(Set<String> names, Cursor cursor) {
        J.CompilationUnit file = cursor.firstEnclosing(J.CompilationUnit.class);
        AtomicBoolean set = new AtomicBoolean();
        new JavaIsoVisitor<AtomicBoolean>() {
            @Override
            public J.Assignment visitAssignment(J.Assignment assignment, AtomicBoolean into) {
                note(assignment.getVariable(), into);
                return super.visitAssignment(assignment, into);
            }

            @Override
            public J.AssignmentOperation visitAssignmentOperation(J.AssignmentOperation change, AtomicBoolean into) {
                note(change.getVariable(), into);
                return super.visitAssignmentOperation(change, into);
            }

            @Override
            public J.Unary visitUnary(J.Unary unary, AtomicBoolean into) {
                if (unary.getOperator().isModifying()) {
                    note(unary.getExpression(), into);
                }
                return super.visitUnary(unary, into);
            }

            private void note(Expression variable, AtomicBoolean into) {
                if (variable instanceof J.Identifier name && names.contains(name.getSimpleName())) {
                    into.set(true);
                }
            }
        }.visit(file, set);
        return set.get();
    }

    /** A name that no variable of the file has. */
    static String freeName(String wanted, Cursor cursor) {
        Set<String> taken = new HashSet<>();
        new JavaIsoVisitor<Set<String>>() {
            @Override
            public J.Identifier visitIdentifier(J.Identifier name, Set<String> into) {
                into.add(name.getSimpleName());
                return super.visitIdentifier(name, into);
            }
        }.visit(cursor.firstEnclosing(J.CompilationUnit.class), taken);
        String free = wanted;
        for (int i = 2; taken.contains(free); i++) {
            free = wanted + i;
        }
        return free;
    }

    /** Whether evaluating an expression can do nothing. */
    static boolean isHarmless(Expression expression) {
        return expression instanceof J.Literal
                || expression instanceof J.Identifier
                || (expression instanceof J.FieldAccess access && isHarmless(access.getTarget()));
    }

    /** Whether a file is a source of tests. */
    static boolean isTestSource(Cursor cursor) {
        SourceFile file = cursor.firstEnclosing(SourceFile.class);
        return file != null
                && ("/" + file.getSourcePath().toString().replace('\\', '/')).matches(".*/src/[^/]*[tT]est[^/]*/.*");
    }
}
