package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.LegacyType.Gone;
import io.cachemigrator.recipes.services.LegacyType.Member;
import io.cachemigrator.recipes.services.LegacyType.Renamed;
import io.cachemigrator.recipes.services.LegacyType.Special;
import java.util.Map;
import java.util.stream.Stream;

/** The legacy types of HTTP responses, of ready answers, and of making caches. */
final class ResponseTypes {
    private static final String HTTP = LegacyTypes.CACHE + "domain.http.";
    private static final String RESPONSE = LegacyTypes.CACHE + "domain.response.";
    private static final Gone OUTCOME = new Gone(
            "invalidateTags of the new cache gives an outcome in place of a number; read it where you need it.");
    private static final Gone PATH = new Gone("Tag the responses, or use invalidatePath of the new cache.");
    private static final Gone COUNTS = new Gone("The new cache counts what it does and not what it holds.");
    private static final Gone BY_HAND = new Gone("Make the replacement by hand.");
    private static final Gone OWN_ANSWERS = new Gone("Store your own answers with putForPattern of the new cache.");

    private ResponseTypes() {}

    static Stream<LegacyType> all() {
        return Stream.of(http(), answers(), making()).flatMap(types -> types);
    }

    private static Stream<LegacyType> http() {
        Map<String, Member> service = LegacyTypes.members(
                Map.of("get", Special.HTTP_GET, "set", new Renamed("put"), "getStats", new Renamed("statistics")),
                LegacyTypes.same("invalidate"),
                LegacyTypes.gone(OUTCOME, "invalidateByTag", "invalidateByTags"),
                LegacyTypes.gone(PATH, "invalidatePattern"),
                LegacyTypes.gone(COUNTS, "tagIndex"),
                LegacyTypes.gone(new Gone("Put the loaded responses one by one."), "warm"),
                LegacyTypes.gone(new Gone("There is nothing to close; close what the cache is over."), "close"),
                LegacyTypes.gone(new Gone("Keep the policy that the new cache is made with."), "config"),
                Map.of("responses", Special.BRIDGE));
        return Stream.of(
                new LegacyType(
                        LegacyTypes.COMPAT + "HttpCacheService",
                        HTTP + "HttpResponseCache",
                        "responses",
                        Special.OVER_SERVICE,
                        service),
                new LegacyType(
                        LegacyTypes.COMPAT + "HttpCacheOptions",
                        HTTP + "HttpOptions",
                        null,
                        BY_HAND,
                        LegacyTypes.members(
                                Map.of("ttl", Special.TTL, "withTtl", Special.TTL, "withStaleTtl", Special.TTL),
                                LegacyTypes.same("DEFAULTS", "withTags"),
                                LegacyTypes.gone(
                                        new Gone(
                                                "Name the headers with withVary, and give their values in the HttpKey."),
                                        "withVaryHeaders",
                                        "varyHeaders"),
                                LegacyTypes.same("staleTtl", "tags"))),
                new LegacyType(
                        LegacyTypes.COMPAT + "HttpCacheHit",
                        HTTP + "HttpHit",
                        null,
                        LegacyTypes.UNMADE,
                        LegacyTypes.same("value", "isStale", "isHit")),
                new LegacyType(
                        LegacyTypes.COMPAT + "HttpCacheStats",
                        HTTP + "HttpStatistics",
                        null,
                        LegacyTypes.UNMADE,
                        LegacyTypes.members(
                                LegacyTypes.same("hitRate"),
                                Map.of(
                                        "missCount", new Renamed("misses"),
                                        "unavailableCount", new Renamed("unavailable"),
                                        "tooLargeCount", new Renamed("tooLarge")),
                                LegacyTypes.gone(new Gone("Add hits() and staleHits()."), "hitCount"),
                                LegacyTypes.gone(COUNTS, "totalEntries", "totalBytes", "tags", "evictionCount"),
                                LegacyTypes.gone(COUNTS, "compressionRatio", "responseTime", "toMap"))),
                unreplaced("HttpCacheConfig", "Give the new cache an HttpPolicy."),
                unreplaced("HttpCacheStrategy", "Hand the new cache a refresh where one is wanted."));
    }

    private static Stream<LegacyType> answers() {
        return Stream.of(
                new LegacyType(
                        LegacyTypes.COMPAT + "ResponsePrecomputationService",
                        RESPONSE + "PrecomputedResponses",
                        "responses",
                        Special.OVER_SERVICE,
                        LegacyTypes.members(
                                Map.of(
                                        "getInstantResponse", new Renamed("find"),
                                        "cacheConversationResponse", new Renamed("learn"),
                                        "metrics", new Renamed("statistics")),
                                LegacyTypes.gone(OWN_ANSWERS, "initializeHotCache", "startBackgroundWarming"),
                                Map.of("responses", Special.BRIDGE))),
                new LegacyType(
                        LegacyTypes.COMPAT + "InstantResponse",
                        RESPONSE + "PrecomputedResponse",
                        null,
                        LegacyTypes.UNMADE,
                        LegacyTypes.members(
                                LegacyTypes.same("text", "type"),
                                LegacyTypes.gone(
                                        new Gone(
                                                "The new fields are those that were stored; toMap() has the others, too."),
                                        "fields"))),
                new LegacyType(
                        LegacyTypes.COMPAT + "PrecomputationMetrics",
                        RESPONSE + "ResponseStatistics",
                        null,
                        LegacyTypes.UNMADE,
                        LegacyTypes.members(
                                LegacyTypes.same("questionHits", "patternHits", "misses", "unavailable", "refused"),
                                LegacyTypes.same("hitRate"),
                                LegacyTypes.gone(COUNTS, "lookups", "responseTime", "totalKeys"))),
                unreplaced("HotCacheReport", "Count what your own answers' writes give."));
    }

    private static Stream<LegacyType> making() {
        return Stream.of(
                new LegacyType(
                        LegacyTypes.FACTORY,
                        LegacyTypes.SHARED_CACHE,
                        null,
                        LegacyTypes.UNMADE,
                        LegacyTypes.members(
                                LegacyTypes.same("instance", "current", "close"),
                                LegacyTypes.gone(
                                        new Gone("Open a KeyedCache and start() it; decide what a failed start means."),
                                        "create"))),
                unreplaced("CacheUnavailableException", "Catch InfrastructureException of start()."),
                unreplaced("CachedFunction", "Use getOrLoad of a region, which loads once for many callers."));
    }

    private static LegacyType unreplaced(String name, String advice) {
        return new LegacyType(LegacyTypes.COMPAT + name, null, null, new Gone(advice), Map.of());
    }
}
