package io.cachemigrator.recipes.factory;

import io.cachemigrator.recipes.services.LegacyType;
import io.cachemigrator.recipes.services.LegacyType.Gone;
import io.cachemigrator.recipes.services.LegacyType.Member;
import io.cachemigrator.recipes.services.LegacyType.Renamed;
import io.cachemigrator.recipes.services.LegacyType.Same;
import io.cachemigrator.recipes.services.LegacyType.Special;
import io.cachemigrator.recipes.services.LegacyTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The legacy types of the factory family, by name, and what becomes of their members. */
final class FactoryTypes {
    static final String COMPAT = "io.cachemigrator.compat.factory.";
    static final String FACTORY = "io.cachemigrator.cache.factory.";
    static final String APP_CACHE = FACTORY + "AppCache";
    static final String AI_CACHE = FACTORY + "AiCache";
    static final String CACHE_FACTORY = FACTORY + "CacheFactory";
    static final String OPTIONS = COMPAT + "LegacyOptions";

    private static final Gone MEMORY =
            new Gone("The memory tier is no map of its own any more; ask stats() for its size.");
    private static final Gone SECURITY = new Gone("Ask health() of the service instead; TLS and logins are settings.");
    private static final Gone UNMADE = new Gone("Make a cache with CacheFactory instead.");

    private FactoryTypes() {}

    /** Every type of the family. */
    static LegacyTypes all() {
        List<LegacyType> types = new ArrayList<>();
        types.add(cacheInterface());
        types.add(aiResponseCache());
        types.add(genericRedisCache());
        types.add(inMemoryCache());
        types.add(wrapper());
        types.add(accessor());
        types.add(new LegacyType(OPTIONS, null, null, UNMADE, Map.of()));
        return LegacyTypes.of(types, new FactoryRules());
    }

    private static LegacyType cacheInterface() {
        return new LegacyType(COMPAT + "CacheInterface", APP_CACHE, null, UNMADE, common());
    }

    private static LegacyType aiResponseCache() {
        Map<String, Member> members = ai();
        put(members, MEMORY, "memoryCache", "memoryCacheSize", "memoryCacheOrder");
        return new LegacyType(COMPAT + "AiResponseCache", AI_CACHE, null, Special.OWN, members);
    }

    private static LegacyType genericRedisCache() {
        Map<String, Member> members = common();
        put(
                members,
                SECURITY,
                "validateSecurity",
                "getSecurityStatus",
                "getSecurityRecommendations",
                "generateSecurityReport",
                "testSecurityConfiguration");
        return new LegacyType(COMPAT + "GenericRedisCache", APP_CACHE, null, Special.OWN, members);
    }

    private static LegacyType inMemoryCache() {
        return new LegacyType(COMPAT + "InMemoryCache", APP_CACHE, null, Special.OWN, common());
    }

    private static LegacyType wrapper() {
        Map<String, Member> members = ai();
        members.put("getCacheStats", new Renamed("stats"));
        members.put("getCacheHitRatio", new Renamed("hitRatioPercent"));
        members.put("createAiCache", Special.OWN);
        members.put("createWebCache", new Gone("Call CacheFactory.forWebApp() and hold the result as AppCache."));
        members.put("wrap", new Gone("Use the wrapped cache itself."));
        members.put("usage", new Gone("Uses of legacy APIs are listed by `migrator status`."));
        return new LegacyType(COMPAT + "LegacyCacheWrapper", AI_CACHE, null, UNMADE, members);
    }

    private static LegacyType accessor() {
        Map<String, Member> members = new LinkedHashMap<>();
        put(members, Special.OWN, "getCacheInstance", "getAiCache");
        members.put("detect", new Gone("What the environment decides is decided by the settings of the new cache."));
        return new LegacyType(COMPAT + "LegacyCaches", CACHE_FACTORY, null, UNMADE, members);
    }

    private static Map<String, Member> common() {
        Map<String, Member> members = new LinkedHashMap<>();
        put(members, new Same(), "get", "lookup", "set", "delete", "exists", "stats", "hitRatioPercent", "getTtl");
        put(members, new Same(), "getKeys", "getActiveKeys", "size", "connect", "close", "on");
        put(members, Special.OWN, "invalidatePattern", "clear");
        members.put("disconnect", new Renamed("close"));
        return members;
    }

    private static Map<String, Member> ai() {
        Map<String, Member> members = common();
        put(members, new Same(), "getCachedResponse", "cacheResponse", "buildKey", "performanceSummary");
        put(members, new Same(), "aiPerformanceSummary", "textTierStatistics", "operationPerformance");
        members.put("invalidateByOperation", Special.OWN);
        return members;
    }

    private static void put(Map<String, Member> members, Member member, String... names) {
        for (String name : names) {
            members.put(name, member);
        }
    }
}
