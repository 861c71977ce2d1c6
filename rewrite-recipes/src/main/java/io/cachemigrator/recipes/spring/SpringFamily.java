package io.cachemigrator.recipes.spring;

import io.cachemigrator.recipes.exchange.Family;
import io.cachemigrator.recipes.exchange.Throws;
import io.cachemigrator.recipes.exchange.Types;
import io.cachemigrator.recipes.exchange.Verdict;
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
import org.openrewrite.java.tree.J;
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

    private static final Map<String, String> RENAMES = Map.of(
            CONCURRENT + "ConcurrentMapCacheManager",
            MANAGER,
            CONCURRENT + "ConcurrentMapCache",
            CACHE,
            CAFFEINE_MANAGER,
            MANAGER);

    SpringFamily() {
        super(RENAMES, List.of(CONCURRENT, CAFFEINE, REDIS), List.of(NEW));
    }

    /** Managers throw nothing of their own; every use of one counts, for whoever looks behind a cache. */
    @Override
    public Throws thrownBy(JavaType.@Nullable Method method, @Nullable Expression select) {
        return method != null && isReplaced(owner(method, select)) ? Throws.LOAD : Throws.NOTHING;
    }

    @Override
    public String owner(JavaType.Method method, @Nullable Expression select) {
        String of = select == null ? null : Types.name(select.getType());
        return of != null && isReplaced(of) ? of : super.owner(method, select);
    }

    @Override
    public Verdict call(J.MethodInvocation call, JavaType.Method method, Cursor cursor) {
        return Verdict.of(member(owner(method, call.getSelect()), method, call.getArguments()));
    }

    @Override
    public @Nullable Refusal reference(J.MemberReference reference, JavaType.Method method) {
        return member(owner(method, reference.getContaining()), method, List.of());
    }

    @Override
    public @Nullable Refusal extension(JavaType parent) {
        return isReplaced(Types.name(parent)) ? SpringRefusals.SUBCLASS : null;
    }

    @Override
    public @Nullable Refusal construction(J.NewClass construction, String name) {
        if (!isReplaced(name)) {
            return mention(name);
        }
        JavaType.Method constructor = construction.getConstructorType();
        if (construction.getBody() != null || constructor == null) {
            return SpringRefusals.SUBCLASS;
        }
        return member(name, constructor, construction.getArguments());
    }

    private @Nullable Refusal member(String type, JavaType.Method method, List<Expression> arguments) {
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
        String name = Types.name(type);
        return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public @Nullable Refusal mention(String name) {
        if (isReplaced(name)) {
            return null;
        }
        return name.startsWith(REDIS)
                ? SpringRefusals.REDIS
                : name.startsWith(CAFFEINE) ? SpringRefusals.CAFFEINE : SpringRefusals.MANAGER;
    }

    @Override
    public @Nullable Refusal elsewhere(JavaType.Method method) {
        boolean asks = method.getName().equals("getNativeCache")
                && super.owner(method, null).startsWith(SPRING);
        return asks ? SpringRefusals.NATIVE : null;
    }

    @Override
    public Refusal standIn() {
        return SpringRefusals.STAND_IN;
    }

    @Override
    public JavaVisitor<ExecutionContext> rewriter() {
        return new BuilderRewriter();
    }
}
