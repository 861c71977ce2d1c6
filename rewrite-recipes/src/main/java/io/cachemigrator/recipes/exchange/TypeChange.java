package io.cachemigrator.recipes.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.JavaType;

/** Puts replacements in place of old types wherever they are in a type. For one file. */
final class TypeChange {
    private final Map<String, JavaType.FullyQualified> replacements = new HashMap<>();
    private final IdentityHashMap<JavaType, JavaType> changed = new IdentityHashMap<>();

    TypeChange(Family family) {
        family.renames().forEach((old, name) -> replacements.put(old, Pieces.type(name)));
    }

    /** The same type where nothing is to be replaced in it; null for null. */
    @Nullable
    JavaType of(@Nullable JavaType type) {
        return type == null ? null : changed(type);
    }

    private JavaType changed(JavaType type) {
        JavaType known = changed.get(type);
        if (known == null) {
            // a type variable may stand in its own bounds
            changed.put(type, type);
            known = make(type);
            changed.put(type, known);
            changed.put(known, known);
        }
        return known;
    }

    private JavaType make(JavaType type) {
        if (type instanceof JavaType.Method method) {
            return method(method);
        }
        if (type instanceof JavaType.Variable variable) {
            return variable.withType(changed(variable.getType())).withOwner(of(variable.getOwner()));
        }
        if (type instanceof JavaType.Parameterized parameterized) {
            JavaType.FullyQualified raw = (JavaType.FullyQualified) changed(parameterized.getType());
            List<JavaType> arguments = all(parameterized.getTypeParameters());
            return raw == parameterized.getType() && arguments == parameterized.getTypeParameters()
                    ? type
                    : new JavaType.Parameterized(null, raw, arguments);
        }
        if (type instanceof JavaType.Array array) {
            JavaType element = changed(array.getElemType());
            return element == array.getElemType() ? type : new JavaType.Array(null, element, null);
        }
        if (type instanceof JavaType.GenericTypeVariable variable) {
            List<JavaType> bounds = all(variable.getBounds());
            return bounds == variable.getBounds()
                    ? type
                    : new JavaType.GenericTypeVariable(null, variable.getName(), variable.getVariance(), bounds);
        }
        return type instanceof JavaType.FullyQualified named
                ? replacements.getOrDefault(named.getFullyQualifiedName(), named)
                : type;
    }

    private JavaType.Method method(JavaType.Method method) {
        return method.withDeclaringType((JavaType.FullyQualified) changed(method.getDeclaringType()))
                .withReturnType(changed(method.getReturnType()))
                .withParameterTypes(all(method.getParameterTypes()))
                .withThrownExceptions(all(method.getThrownExceptions()));
    }

    /** The same list where nothing is to be replaced in it. */
    private List<JavaType> all(List<JavaType> types) {
        List<JavaType> all = new ArrayList<>();
        boolean same = true;
        for (JavaType type : types) {
            JavaType now = changed(type);
            same &= now == type;
            all.add(now);
        }
        return same ? types : all;
    }
}
