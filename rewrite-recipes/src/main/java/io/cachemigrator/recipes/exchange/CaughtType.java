package io.cachemigrator.recipes.exchange;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeTree;

/** Gives one type in a catch clause another name, and the caught variable that type. */
final class CaughtType extends JavaVisitor<ExecutionContext> {
    private final UUID at;
    private final String name;
    private final JavaType.FullyQualified replacement;

    CaughtType(UUID at, String name, String replacement) {
        this.at = at;
        this.name = name;
        this.replacement = Pieces.type(replacement);
    }

    @Override
    public J visitIdentifier(J.Identifier identifier, ExecutionContext ctx) {
        if (identifier.getId().equals(at)) {
            return identifier.withSimpleName(replacement.getClassName()).withType(replacement);
        }
        return identifier.withType(changed(identifier.getType())).withFieldType(changed(identifier.getFieldType()));
    }

    @Override
    public J visitFieldAccess(J.FieldAccess access, ExecutionContext ctx) {
        if (access.getId().equals(at)) {
            TypeTree full = TypeTree.build(replacement.getFullyQualifiedName());
            return ((J.FieldAccess) full).withType(replacement).withPrefix(access.getPrefix());
        }
        return super.visitFieldAccess(access, ctx);
    }

    @Override
    public J visitVariable(J.VariableDeclarations.NamedVariable variable, ExecutionContext ctx) {
        J.VariableDeclarations.NamedVariable visited =
                (J.VariableDeclarations.NamedVariable) super.visitVariable(variable, ctx);
        return visited.withVariableType(changed(visited.getVariableType()));
    }

    private @Nullable JavaType changed(@Nullable JavaType type) {
        return name.equals(Types.name(type)) ? replacement : type;
    }

    private JavaType.@Nullable Variable changed(JavaType.@Nullable Variable variable) {
        return variable == null || !name.equals(Types.name(variable.getType()))
                ? variable
                : variable.withType(Objects.requireNonNull(changed(variable.getType())));
    }
}
