package io.cachemigrator.recipes.guava;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** The types of Guava's caches, by name, and what takes the place of each. */
final class GuavaTypes {
    static final String CACHES = "com.google.common.cache.";
    static final String CONCURRENT = "com.google.common.util.concurrent.";
    static final String LOCAL = "io.cachemigrator.cache.local.";
    static final String BUILDER = CACHES + "CacheBuilder";
    static final String SPEC = CACHES + "CacheBuilderSpec";
    static final String CACHE = CACHES + "Cache";
    static final String LOADING = CACHES + "LoadingCache";
    static final String LOADER = CACHES + "CacheLoader";
    static final String INVALID = LOADER + "$InvalidCacheLoadException";
    static final String UNCHECKED = CONCURRENT + "UncheckedExecutionException";
    static final String ERROR = CONCURRENT + "ExecutionError";
    static final String TICKER = "com.google.common.base.Ticker";
    static final String IMMUTABLE_MAP = "com.google.common.collect.ImmutableMap";

    /** What may be thrown by a cache and by other code of Guava alike; renamed only where a cache throws it. */
    static final Map<String, String> THROWN =
            Map.of(UNCHECKED, LOCAL + "UncheckedLoadException", ERROR, LOCAL + "LoadError");

    private static final Map<String, String> RENAMED = renamed();

    private GuavaTypes() {}

    private static Map<String, String> renamed() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(INVALID, LOCAL + "LocalCacheLoader$InvalidCacheLoadException");
        names.put(LOADER, LOCAL + "LocalCacheLoader");
        names.put(BUILDER, LOCAL + "LocalCacheBuilder");
        names.put(CACHE, LOCAL + "LocalCache");
        names.put(LOADING, LOCAL + "LoadingLocalCache");
        names.put(CACHES + "CacheStats", LOCAL + "LocalCacheStats");
        for (String same :
                List.of("RemovalListener", "RemovalNotification", "RemovalCause", "RemovalListeners", "Weigher")) {
            names.put(CACHES + same, LOCAL + same);
        }
        return names;
    }

    /** Types that are renamed wherever they stand, in the order in which that is done. */
    static Map<String, String> renames() {
        return RENAMED;
    }

    /** Whether a name is one of the package that has a replacement. */
    static boolean isReplaced(@Nullable String name) {
        return name != null && RENAMED.containsKey(name);
    }

    /** Whether the class or what it extends is a cache. */
    static boolean isCache(@Nullable JavaType type) {
        return TypeUtils.isAssignableTo(CACHE, type);
    }
}
