package io.cachemigrator.compat.factory;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.factory.AiCache;
import io.cachemigrator.cache.factory.AiPerformanceSummary;
import io.cachemigrator.cache.factory.AppCache;
import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.cache.factory.CacheFactory;
import io.cachemigrator.cache.factory.CacheListener;
import io.cachemigrator.cache.factory.CacheStats;
import io.cachemigrator.cache.factory.OperationPerformance;
import io.cachemigrator.cache.factory.PerformanceSummary;
import io.cachemigrator.cache.factory.TextTierStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The legacy cache of answers of language models, over the layout that the stage asks for. Thread safe.
 *
 * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}; the recipe
 *     {@code io.cachemigrator.recipes.factory.MigrateFactory} rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
@SuppressWarnings("removal") // the legacy family is itself
public final class AiResponseCache extends LegacyAiCache {
    private static final String REPLACEMENT = "CacheFactory.forAiApp";

    private final OpenedCache opened;

    /**
     * At {@code redis://redis:6379}, for an hour, with texts of more than 1,000 characters hashed.
     *
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public AiResponseCache() {
        this(OpenedCache.settings().build());
    }

    /**
     * At an address.
     *
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public AiResponseCache(String redisUrl) {
        this(OpenedCache.settings().redisUrl(redisUrl).build());
    }

    /**
     * At an address, with a default time to live of 1 second to 365 days.
     *
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public AiResponseCache(String redisUrl, Duration defaultTtl) {
        this(OpenedCache.settings().redisUrl(redisUrl).defaultTtl(defaultTtl).build());
    }

    /**
     * At an address.
     *
     * @param textHashThreshold 1 to 100,000: longer texts are hashed in keys
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public AiResponseCache(String redisUrl, Duration defaultTtl, int textHashThreshold) {
        this(OpenedCache.settings()
                .redisUrl(redisUrl)
                .defaultTtl(defaultTtl)
                .textHashThreshold(textHashThreshold)
                .build());
    }

    /**
     * With every argument of the legacy constructor.
     *
     * @param compressionThreshold 0 to 1,048,576 bytes
     * @param compressionLevel 1 to 9
     * @param l1CacheSize 0 to 10,000 entries in memory; 0 = none
     * @param operationTtls times to live by operation
     * @throws io.cachemigrator.cache.error.ConfigurationException naming every value outside its range
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public AiResponseCache(
            String redisUrl,
            Duration defaultTtl,
            int textHashThreshold,
            int compressionThreshold,
            int compressionLevel,
            int l1CacheSize,
            Map<String, Duration> operationTtls) {
        this(OpenedCache.settings()
                .redisUrl(redisUrl)
                .defaultTtl(defaultTtl)
                .textHashThreshold(textHashThreshold)
                .compressionThreshold(compressionThreshold)
                .compressionLevel(compressionLevel)
                .l1CacheSize(l1CacheSize)
                .operationTtls(operationTtls)
                .build());
    }

    /**
     * With settings that the legacy constructor does not have, such as the stage.
     *
     * @throws io.cachemigrator.cache.error.InfrastructureException if the options ask for it and Redis does not answer
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public AiResponseCache(LegacyOptions options) {
        this(OpenedCache.ai(options));
        record("new", REPLACEMENT);
    }

    private AiResponseCache(OpenedCache opened) {
        super(opened.answerCache(), AiResponseCache.class);
        this.opened = opened;
    }

    /** One whose making is no call of the application. */
    static AiResponseCache unrecorded(LegacyOptions options) {
        return new AiResponseCache(OpenedCache.ai(options));
    }

    /**
     * What is in memory now, by key; a copy.
     *
     * @deprecated ask {@link #stats()} for its size
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, Object> memoryCache() {
        record("memoryCache", "AiCache.stats");
        return opened.kept();
    }

    /**
     * How many entries there may be in memory.
     *
     * @deprecated use {@link io.cachemigrator.cache.factory.CacheStats#memoryLimit()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int memoryCacheSize() {
        record("memoryCacheSize", "AiCache.stats");
        return opened.options().l1CacheSize();
    }

    /**
     * Always empty, as it was.
     *
     * @deprecated there is no replacement
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public List<String> memoryCacheOrder() {
        record("memoryCacheOrder", "AiCache.stats");
        return List.of();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#get(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Optional<Object> get(String key) {
        return super.get(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#get(String, Class)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        return super.get(key, type);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#lookup(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Lookup<Object> lookup(String key) {
        return super.lookup(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#set(String, Object)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void set(String key, @Nullable Object value) {
        super.set(key, value);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#set(String, Object, Duration)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        super.set(key, value, ttl);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#delete(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean delete(String key) {
        return super.delete(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#exists(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean exists(String key) {
        return super.exists(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getTtl(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Optional<Duration> getTtl(String key) {
        return super.getTtl(key);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public List<String> getKeys() {
        return super.getKeys();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#getActiveKeys()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public List<String> getActiveKeys() {
        return super.getActiveKeys();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#size()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public int size() {
        return super.size();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#invalidatePattern(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public long invalidatePattern(String pattern, @Nullable String context) {
        return super.invalidatePattern(pattern, context);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#clear()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public long clear(@Nullable String context) {
        return super.clear(context);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#on(CacheEvent, CacheListener)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void on(CacheEvent event, CacheListener listener) {
        super.on(event, listener);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#stats()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public CacheStats stats() {
        return super.stats();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#hitRatioPercent()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public double hitRatioPercent() {
        return super.hitRatioPercent();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#connect()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public boolean connect() {
        return super.connect();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#close()}
     */
    @InlineMe(replacement = "this.close()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void disconnect() {
        super.disconnect();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AppCache#close()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void close() {
        super.close();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#getCachedResponse(String, String, Map, String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public Optional<Map<String, Object>> getCachedResponse(
            String text, String operation, Map<String, ?> options, @Nullable String question) {
        return super.getCachedResponse(text, operation, options, question);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#cacheResponse(String, String, Map, Map, String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public void cacheResponse(
            String text, String operation, Map<String, ?> options, Map<String, ?> response, @Nullable String question) {
        super.cacheResponse(text, operation, options, response, question);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#buildKey(String, String, Map)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public String buildKey(String text, String operation, Map<String, ?> options) {
        return super.buildKey(text, operation, options);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#invalidateByOperation(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public long invalidateByOperation(String operation, @Nullable String context) {
        return super.invalidateByOperation(operation, context);
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#performanceSummary()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public PerformanceSummary performanceSummary() {
        return super.performanceSummary();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#aiPerformanceSummary()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public AiPerformanceSummary aiPerformanceSummary() {
        return super.aiPerformanceSummary();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#textTierStatistics()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public TextTierStatistics textTierStatistics() {
        return super.textTierStatistics();
    }

    /**
     * {@inheritDoc}
     *
     * @deprecated use {@link AiCache#operationPerformance()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    @Override
    public OperationPerformance operationPerformance() {
        return super.operationPerformance();
    }
}
