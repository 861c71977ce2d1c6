package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.LegacyType.Gone;
import io.cachemigrator.recipes.services.LegacyType.Member;
import io.cachemigrator.recipes.services.LegacyType.Renamed;
import io.cachemigrator.recipes.services.LegacyType.Same;
import io.cachemigrator.recipes.services.LegacyType.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** The legacy types that a recipe replaces. Immutable. */
public final class LegacyTypes {
    static final String COMPAT = "io.cachemigrator.compat.services.";
    static final String CACHE = "io.cachemigrator.cache.";
    static final String REDIS = COMPAT + "RedisCacheService";
    static final String OPTIONS = COMPAT + "SetOptions";
    static final String SHARED = COMPAT + "LegacyCaches";
    static final String FACTORY = COMPAT + "CacheFactory";
    static final String SETTINGS = COMPAT + "LegacyCacheSettings";
    static final String WRITE_OPTIONS = CACHE + "WriteOptions";
    static final String SHARED_CACHE = CACHE + "domain.keyed.SharedCache";

    private static final Member SAME = new Same();
    static final Member UNMADE = new Gone("Only the service makes it; read the replacement instead.");
    private static final Member HEALTH = new Gone("Ask health() of the new cache instead.");

    private final Map<String, LegacyType> types;
    private final FamilyRules rules;

    private LegacyTypes(Stream<LegacyType> types) {
        this(types, FamilyRules.NONE);
    }

    private LegacyTypes(Stream<LegacyType> types, FamilyRules rules) {
        this.rules = rules;
        this.types = new LinkedHashMap<>();
        types.forEach(type -> this.types.put(type.name(), type));
    }

    /**
     * Of another family.
     *
     * @param types its types
     * @param rules what becomes of constructions and members that are {@link Special#OWN}
     */
    public static LegacyTypes of(List<LegacyType> types, FamilyRules rules) {
        return new LegacyTypes(types.stream(), rules);
    }

    /** What is particular to the family. */
    FamilyRules rules() {
        return rules;
    }

    /** Of the low-level service. */
    static LegacyTypes service() {
        return new LegacyTypes(serviceTypes());
    }

    /** Of the conversation cache. */
    static LegacyTypes conversations() {
        return new LegacyTypes(conversationTypes());
    }

    /** Of the whole family. */
    static LegacyTypes all() {
        return new LegacyTypes(Stream.of(serviceTypes(), conversationTypes(), ResponseTypes.all())
                .flatMap(each -> each));
    }

    private static Stream<LegacyType> serviceTypes() {
        return Stream.of(
                new LegacyType(REDIS, CACHE + "domain.keyed.KeyedCache", "keyed", Special.OPEN, redisMembers()),
                new LegacyType(
                        OPTIONS,
                        WRITE_OPTIONS,
                        null,
                        Special.OPTIONS,
                        members(
                                Map.of("ttl", Special.TTL, "withTtl", Special.TTL),
                                Map.of("nx", Special.IF_ABSENT, "xx", Special.IF_PRESENT),
                                same("DEFAULTS", "ifAbsent", "ifPresent"))),
                new LegacyType(
                        COMPAT + "RedisStats",
                        CACHE + "domain.keyed.KeyedStatistics",
                        null,
                        UNMADE,
                        members(
                                same("hits", "misses", "errors", "decodeErrors", "totalRequests", "hitRate"),
                                gone(HEALTH, "connected", "circuitBreakerOpen", "failureCount", "toMap"),
                                gone(HEALTH, "rejectedCalls", "mirrorFailures"))),
                new LegacyType(
                        COMPAT + "HealthReport",
                        CACHE + "CacheHealth",
                        null,
                        UNMADE,
                        members(
                                same("isHealthy"),
                                gone(
                                        new Gone("Read tiers() of the new report instead."),
                                        "status",
                                        "latency",
                                        "version",
                                        "usedMemory",
                                        "connectedClients",
                                        "error",
                                        "stats",
                                        "toMap"))),
                new LegacyType(
                        SHARED,
                        SHARED_CACHE,
                        null,
                        UNMADE,
                        Map.of(
                                "redis",
                                new Renamed("get"),
                                "closeRedis",
                                new Renamed("close"),
                                "inMemory",
                                new Gone("Open a KeyedCache over a service without stores."))),
                new LegacyType(SETTINGS, null, null, UNMADE, Map.of()));
    }

    private static Map<String, Member> redisMembers() {
        return members(
                same("start", "get", "lookup", "set", "delete", "exists", "expire", "getMany", "setMany"),
                same("increment", "decrement", "close", "getAsync", "setAsync", "deleteAsync", "getManyAsync"),
                same("setManyAsync", "incrementAsync"),
                Map.of(
                        "clearNamespace",
                        new Renamed("clear"),
                        "getStats",
                        new Renamed("statistics"),
                        "healthCheck",
                        new Renamed("health"),
                        "keyed",
                        Special.BRIDGE));
    }

    private static Stream<LegacyType> conversationTypes() {
        Map<String, Member> manager = members(
                accessors(
                        "Conversation",
                        "Customer",
                        "Prediction",
                        "TierDetection",
                        "ProgramRecommendations",
                        "RoiCalculation",
                        "AgentConfig",
                        "Knowledge",
                        "ExperimentResult",
                        "CachedPrompt",
                        "CachedResponse",
                        "CachedEmotionalProfile"),
                same("deleteConversation", "getConversationsBatch", "getConversationsBatchAsync", "incrementMetric"),
                same("getMetric", "preloadCommonResponses", "warmCache", "clearExpired", "get", "set", "delete"),
                Map.of(
                        "getCacheStats",
                        new Renamed("cacheStats"),
                        "clearNamespace",
                        new Renamed("clear"),
                        "conversations",
                        Special.BRIDGE));
        return Stream.of(
                new LegacyType(
                        COMPAT + "NgxCacheManager",
                        CACHE + "domain.conversation.ConversationCache",
                        "conversations",
                        Special.OVER_SERVICE,
                        manager),
                new LegacyType(
                        COMPAT + "NgxCacheStats",
                        CACHE + "domain.conversation.ConversationStatistics",
                        null,
                        UNMADE,
                        members(
                                same("cacheKeys"),
                                Map.of("ngxStats", new Renamed("counts"), "redis", new Renamed("keys")),
                                gone(HEALTH, "toMap"))));
    }

    @SafeVarargs
    static Map<String, Member> members(Map<String, ? extends Member>... parts) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (Map<String, ? extends Member> part : parts) {
            members.putAll(part);
        }
        return members;
    }

    static Map<String, Member> same(String... names) {
        return gone(SAME, names);
    }

    static Map<String, Member> gone(Member member, String... names) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (String name : names) {
            members.put(name, member);
        }
        return members;
    }

    private static Map<String, Member> accessors(String... nouns) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (String noun : nouns) {
            members.put("get" + noun, SAME);
            members.put("set" + noun, SAME);
        }
        return members;
    }

    /** Every type, in order. */
    public List<LegacyType> types() {
        return List.copyOf(types.values());
    }

    /** Whether a member is about the process's own cache, which all who use it must agree on. */
    static boolean isShared(LegacyType type, String member) {
        boolean own = member.equals("create") || member.equals("inMemory");
        return !own && (type.name().equals(SHARED) || type.name().equals(FACTORY));
    }

    /** Whether a type belongs to these. */
    boolean has(String name) {
        return types.containsKey(name);
    }

    /** The legacy type that a type is, without type arguments and dimensions; null when it is none. */
    @Nullable
    LegacyType exactly(@Nullable JavaType type) {
        JavaType.FullyQualified qualified = type instanceof JavaType.Array ? null : TypeUtils.asFullyQualified(type);
        return qualified == null ? null : types.get(qualified.getFullyQualifiedName());
    }

    /** Whether a legacy type is somewhere in a type: itself, its type arguments, bounds or elements. */
    boolean within(@Nullable JavaType type) {
        return within(type, 0);
    }

    private boolean within(@Nullable JavaType type, int depth) {
        if (type == null || depth > 6) {
            return false;
        }
        if (type instanceof JavaType.Array array) {
            return within(array.getElemType(), depth + 1);
        }
        if (type instanceof JavaType.Parameterized parameterized) {
            return within(parameterized.getType(), depth + 1)
                    || parameterized.getTypeParameters().stream().anyMatch(it -> within(it, depth + 1));
        }
        if (type instanceof JavaType.GenericTypeVariable variable) {
            return variable.getBounds().stream().anyMatch(it -> within(it, depth + 1));
        }
        return type instanceof JavaType.FullyQualified qualified && has(qualified.getFullyQualifiedName());
    }

    /** Whether a class extends a legacy type. */
    boolean isSubtype(@Nullable JavaType type) {
        JavaType.FullyQualified qualified = TypeUtils.asFullyQualified(type);
        JavaType.FullyQualified above = qualified == null ? null : qualified.getSupertype();
        while (above != null) {
            if (has(above.getFullyQualifiedName())) {
                return true;
            }
            above = above.getSupertype();
        }
        return false;
    }
}
