package io.cachemigrator.recipes.exchange;

import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** Names of types. */
public final class Types {
    private Types() {}

    /** Name of a type without type arguments; null for arrays, variables and primitives. */
    public static @Nullable String name(@Nullable JavaType type) {
        if (type instanceof JavaType.Array || type instanceof JavaType.GenericTypeVariable) {
            return null;
        }
        JavaType.FullyQualified qualified = TypeUtils.asFullyQualified(type);
        return qualified == null ? null : qualified.getFullyQualifiedName();
    }

    /** A full name as people write it: {@code CacheLoader.InvalidCacheLoadException}. */
    public static String shown(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    /** The last part of a full name. */
    public static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    /** Whether a class is of the platform, whose signatures never name a type of a cache family. */
    static boolean isPlatform(@Nullable String name) {
        return name != null && (name.startsWith("java.") || name.startsWith("javax."));
    }
}
