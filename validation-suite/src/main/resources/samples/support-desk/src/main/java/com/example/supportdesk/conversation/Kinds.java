package com.example.supportdesk.conversation;

import io.cachemigrator.cache.domain.conversation.ConversationState;
import io.cachemigrator.compat.services.HttpCacheOptions;
import io.cachemigrator.compat.services.HttpCacheService;
import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.ResponsePrecomputationService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The rest of what is kept of a customer. */
public final class Kinds {
    private final RedisCacheService redis;
    private final NgxCacheManager manager;

    public Kinds(RedisCacheService redis) {
        this.redis = redis;
        this.manager = new NgxCacheManager(redis);
    }

    public CompletableFuture<Map<String, ConversationState>> states(List<String> ids) {
        return manager.getConversationsBatchAsync(ids);
    }

    public boolean keep(String id) {
        Map<String, Object> fact = Map.of("id", id);
        return manager.setProgramRecommendations(id, List.of(fact))
                && manager.setExperimentResult("colour", id, fact)
                && manager.setCachedEmotionalProfile(id, 3, fact)
                && manager.setCachedResponse(id, fact);
    }

    public boolean isKept(String id) {
        return manager.getProgramRecommendations(id).isPresent()
                && manager.getExperimentResult("colour", id).isPresent()
                && manager.getCachedEmotionalProfile(id, 3).isPresent()
                && manager.getCachedResponse(id).isPresent()
                && manager.getTierDetection(id, "none").isEmpty()
                && manager.getAgentConfig(id).isEmpty();
    }

    public int prepare() {
        return manager.preloadCommonResponses() + manager.warmCache().total();
    }

    public List<String> names() {
        return manager.getCacheStats().cacheKeys();
    }

    public long total() {
        long kinds = manager.getCacheStats().ngxStats().values().stream().mapToLong(count -> count).sum();
        return kinds + manager.getCacheStats().redis().hits();
    }

    public CompletableFuture<Boolean> count(String id) {
        return redis.incrementAsync("count:" + id, 2)
                .thenCombine(
                        redis.setManyAsync(Map.of("a:" + id, 1), java.time.Duration.ofMinutes(1)),
                        (number, stored) -> number.isPresent() && stored);
    }

    public boolean isBehindTheOldOnes(String id) {
        // the new caches behind the old objects
        return redis.keyed().exists("count:" + id)
                && manager.conversations().getConversation(id).isEmpty()
                && !new HttpCacheService(redis).responses().get(id, String.class).isHit()
                && new ResponsePrecomputationService(manager).responses().statistics().misses() == 0;
    }

    public static String describe(HttpCacheOptions options) {
        return options.tags() + " " + options.staleTtl();
    }
}
