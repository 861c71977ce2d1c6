package io.cachemigrator.recipes.spring;

import io.cachemigrator.recipes.replace.Family;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.JavaType;

/** The cache managers of Spring. What goes through {@code Cache} and {@code CacheManager} stays as it is. */
final class SpringFamily extends Family {
    static final String SPRING = "org.springframework.cache.";
    static final String CONCURRENT = SPRING + "concurrent.";
    static final String CAFFEINE = SPRING + "caffeine.";
    static final String REDIS = "org.springframework.data.redis.cache.";
    static final String NEW = "io.cachemigrator.cache.spring.";
    static final String MANAGER = NEW + "ConsolidatedCacheManager";
    static final String CACHE = NEW + "InMemoryCache";
    static final String CAFFEINE_MANAGER = CAFFEINE + "CaffeineCacheManager";

    /** Members by the replacement's name. */
    static final Map<String, Set<String>> MEMBERS = Map.of(
            MANAGER,
            Set.of(
                    "<init>()",
                    "<init>(String[])",
                    "setCacheNames(Collection)",
                    "setAllowNullValues(boolean)",
                    "isAllowNullValues()",
                    "getCache(String)",
                    "getCacheNames()"),
            CACHE,
            Set.of(
                    "<init>(String)",
                    "<init>(String,boolean)",
                    "getName()",
                    "get(Object)",
                    "get(Object,Class)",
                    "get(Object,Callable)",
                    "isAllowNullValues()",
                    "put(Object,Object)",
                    "putIfAbsent(Object,Object)",
                    "evict(Object)",
                    "evictIfPresent(Object)",
                    "clear()",
                    "invalidate()",
                    "retrieve(Object)",
                    "retrieve(Object,Supplier)"));

    SpringFamily() {
        super(
                List.of(CONCURRENT, CAFFEINE, REDIS),
                Map.of(
                        CONCURRENT + "ConcurrentMapCacheManager",
                        MANAGER,
                        CONCURRENT + "ConcurrentMapCache",
                        CACHE,
                        CAFFEINE_MANAGER,
                        MANAGER),
                Map.of());
    }

    @Override
    protected @Nullable Refusal member(String type, JavaType.Method method, List<Expression> arguments, Cursor cursor) {
        String name = method.isConstructor() ? "<init>" : method.getName();
        Set<String> known = MEMBERS.getOrDefault(String.valueOf(renames().get(type)), Set.of());
        if (known.contains(name + parameters(method))) {
            return null;
        }
        boolean one = arguments.size() == 1;
        return switch (name) {
            case "setCaffeine" -> CaffeineBuilders.builder(one ? arguments.get(0) : null);
            case "setCacheSpecification" -> CaffeineBuilders.specification(one ? arguments.get(0) : null);
            case "setStoreByValue", "isStoreByValue" -> SpringRefusals.BY_VALUE;
            case "getNativeCache" -> SpringRefusals.NATIVE;
            case "<init>" -> SpringRefusals.OWN_MAP;
            default -> type.startsWith(CAFFEINE) ? SpringRefusals.CAFFEINE : SpringRefusals.MANAGER;
        };
    }

    private static String parameters(JavaType.Method method) {
        return method.getParameterTypes().stream().map(SpringFamily::simple).collect(Collectors.joining(",", "(", ")"));
    }

    private static String simple(JavaType type) {
        if (type instanceof JavaType.Array array) {
            return simple(array.getElemType()) + "[]";
        }
        if (type instanceof JavaType.Primitive primitive) {
            return primitive == JavaType.Primitive.String ? "String" : primitive.getKeyword();
        }
        String name = name(type);
        return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    protected Refusal unreplaced(String type) {
        return type.startsWith(REDIS)
                ? SpringRefusals.REDIS
                : type.startsWith(CAFFEINE) ? SpringRefusals.CAFFEINE : SpringRefusals.MANAGER;
    }

    @Override
    protected @Nullable Refusal elsewhere(JavaType.Method method) {
        String owner = String.valueOf(name(method.getDeclaringType()));
        return method.getName().equals("getNativeCache") && owner.startsWith(SPRING) ? SpringRefusals.NATIVE : null;
    }

    @Override
    protected JavaVisitor<ExecutionContext> rewriter() {
        return new BuilderRewriter();
    }
}
