package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.AiConfig;
import io.cachemigrator.cache.domain.ai.AiKeyHistory;
import io.cachemigrator.cache.domain.ai.AiKeys;
import io.cachemigrator.cache.domain.ai.AiRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of language models over a cache. */
final class StoreAiCache implements AiCache {
    private static final String PREFIX = "ai_cache:";

    private final StoreCache cache;
    private final AiConfig config;
    private final AiKeyHistory keys;
    private final AiMetrics metrics;
    private final Duration defaultTtl;

    StoreAiCache(StoreCache cache, AiConfig config) {
        this.cache = cache;
        this.config = config;
        this.metrics = new AiMetrics(config.textTiers());
        Integer threshold = config.textHashThreshold();
        this.keys = threshold == null
                ? AiKeyHistory.of(AiKeys.digests())
                : AiKeyHistory.withOlder(
                        AiKeys.structured(threshold, config.questionInOptions(), config.hashAlgorithm()),
                        threshold,
                        config.hashAlgorithm());
        Duration ttl = cache.config().regionOrDefaults(StoreCache.RESPONSES).defaultTtl();
        this.defaultTtl = ttl == null ? Duration.ofHours(1) : ttl;
    }

    @Override
    public Optional<Map<String, Object>> getCachedResponse(
            String text, String operation, Map<String, ?> options, @Nullable String question) {
        long start = System.nanoTime();
        AiRequest request = AiRequests.of(text, operation, options, question);
        Map<String, Object> answer = found(request);
        boolean hit = answer != null;
        metrics.lookedUp(operation, request.length(), hit, since(start));
        if (answer == null) {
            return Optional.empty();
        }
        Map<String, Object> own = new LinkedHashMap<>(answer);
        own.put("cache_hit", true);
        return Optional.of(own);
    }

    private @Nullable Map<String, Object> found(AiRequest request) {
        String key = key(request);
        Map<String, Object> answer = map(cache.lookup(key, Map.class).valueOrNull());
        if (answer != null) {
            return answer;
        }
        List<String> older =
                keys.olderIdsOf(request).stream().map(id -> PREFIX + id).toList();
        for (Lookup<?> found : cache.peekAll(older, Map.class)) {
            answer = map(found.valueOrNull());
            if (answer != null) {
                cache.write(key, answer, WriteOptions.ttl(left(found)));
                return answer;
            }
        }
        return null;
    }

    private Duration left(Lookup<?> found) {
        @Nullable Instant deadline = found instanceof Lookup.Present<?> present ? present.deadline() : null;
        Duration left = deadline == null
                ? defaultTtl
                : Duration.between(cache.config().clock().instant(), deadline);
        return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }

    private static @Nullable Map<String, Object> map(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, each) -> named.put(String.valueOf(name), each));
        return named;
    }

    @Override
    public void cacheResponse(
            String text, String operation, Map<String, ?> options, Map<String, ?> response, @Nullable String question) {
        long start = System.nanoTime();
        AiRequest request = AiRequests.of(text, operation, options, question);
        if (request.length() > config.maxTextLength() || Boolean.TRUE.equals(response.get("no_store"))) {
            return;
        }
        cache.write(key(request), response, WriteOptions.ttl(ttlOf(operation)));
        metrics.stored(operation, request.length(), since(start));
    }

    private Duration ttlOf(String operation) {
        return config.operationTtls().getOrDefault(operation, defaultTtl);
    }

    @Override
    public String buildKey(String text, String operation, Map<String, ?> options) {
        return key(AiRequests.of(text, operation, options, null));
    }

    private String key(AiRequest request) {
        long start = System.nanoTime();
        String key = PREFIX + keys.idOf(request);
        metrics.keyMade();
        cache.monitor().recordKeyGeneration(request.operation(), since(start));
        return key;
    }

    @Override
    public long invalidateByOperation(String operation) {
        return cache.invalidateOperation(AiRequest.of(operation, "").operation());
    }

    @Override
    public PerformanceSummary performanceSummary() {
        return metrics.summary();
    }

    @Override
    public AiPerformanceSummary aiPerformanceSummary() {
        return metrics.aiSummary(stats(), this::ttlOf);
    }

    @Override
    public TextTierStatistics textTierStatistics() {
        return metrics.tierStatistics();
    }

    @Override
    public OperationPerformance operationPerformance() {
        return metrics.performance(this::ttlOf);
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        return cache.lookup(key, type);
    }

    @Override
    public void set(String key, @Nullable Object value) {
        cache.set(key, value);
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        cache.set(key, value, ttl);
    }

    @Override
    public boolean delete(String key) {
        return cache.delete(key);
    }

    @Override
    public boolean exists(String key) {
        return cache.exists(key);
    }

    @Override
    public Optional<Duration> getTtl(String key) {
        return cache.getTtl(key);
    }

    @Override
    public List<String> getKeys() {
        return cache.getKeys();
    }

    @Override
    public long invalidatePattern(String pattern) {
        return cache.invalidatePattern(pattern);
    }

    @Override
    public long clear() {
        return cache.clearAnswers();
    }

    @Override
    public void on(CacheEvent event, CacheListener listener) {
        cache.on(event, listener);
    }

    @Override
    public CacheStats stats() {
        return cache.stats();
    }

    @Override
    public CacheHealth health() {
        return cache.health();
    }

    boolean isClosed() {
        return cache.isClosed();
    }

    @Override
    public void close() {
        cache.close();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
