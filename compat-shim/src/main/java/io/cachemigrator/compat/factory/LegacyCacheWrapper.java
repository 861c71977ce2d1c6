package io.cachemigrator.compat.factory;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.config.AiConfig;
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
import io.cachemigrator.compat.deprecation.CallSite;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The old interface over any legacy cache: the operations on answers work on each of them. Thread safe.
 *
 * @deprecated use {@link AiCache}; the recipe {@code io.cachemigrator.recipes.factory.MigrateFactory} rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
@SuppressWarnings("removal") // the legacy family is itself
public final class LegacyCacheWrapper extends LegacyAiCache {
    private static final AiConfig KEYS = AiConfig.DEFAULTS.withTextHashThreshold(1_000);
    private static final String NAME = LegacyCacheWrapper.class.getSimpleName() + ".";

    /**
     * How often a method was called.
     *
     * @param calls so far
     * @param firstCallSite one of the places that call it: class, method and line
     */
    public record MethodUsage(long calls, String firstCallSite) {}

    private LegacyCacheWrapper(AiCache answers) {
        super(answers, LegacyCacheWrapper.class);
    }

    /**
     * Over a cache of answers as the environment says.
     *
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static LegacyCacheWrapper createAiCache() {
        return createAiCache(OpenedCache.settings().build());
    }

    /**
     * Over a cache of answers.
     *
     * @deprecated use {@link CacheFactory#forAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static LegacyCacheWrapper createAiCache(LegacyOptions options) {
        LegacyUsage.shared().record(LegacyCacheWrapper.class, "createAiCache", "CacheFactory.forAiApp");
        return new LegacyCacheWrapper(OpenedCache.ai(options).answerCache());
    }

    /**
     * Over a cache of any values as the environment says.
     *
     * @deprecated use {@link CacheFactory#forWebApp()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static LegacyCacheWrapper createWebCache() {
        LegacyUsage.shared().record(LegacyCacheWrapper.class, "createWebCache", "CacheFactory.forWebApp");
        return new LegacyCacheWrapper(
                OpenedCache.web(OpenedCache.settings().build()).answerCache());
    }

    /**
     * Over a cache, which is closed with this.
     *
     * @throws IllegalArgumentException if it is none of this family's caches
     * @deprecated use the wrapped cache itself
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static LegacyCacheWrapper wrap(CacheInterface cache) {
        LegacyUsage.shared().record(LegacyCacheWrapper.class, "wrap", "the wrapped cache itself");
        if (cache instanceof LegacyCache legacy) {
            AppCache inner = legacy.cache();
            return new LegacyCacheWrapper(
                    inner instanceof AiCache answers ? answers : CacheFactory.answersOver(inner, KEYS));
        }
        throw new IllegalArgumentException(
                "A " + cache.getClass().getName() + " cannot be wrapped. Give one of the caches of this package.");
    }

    /**
     * Counters.
     *
     * @deprecated use {@link AppCache#stats()}
     */
    @InlineMe(replacement = "this.stats()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CacheStats getCacheStats() {
        record("getCacheStats", "AppCache.stats");
        return cache().stats();
    }

    /**
     * Hits over look-ups, 0 to 100.
     *
     * @deprecated use {@link AppCache#hitRatioPercent()}
     */
    @InlineMe(replacement = "this.hitRatioPercent()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public double getCacheHitRatio() {
        record("getCacheHitRatio", "AppCache.hitRatioPercent");
        return cache().hitRatioPercent();
    }

    /**
     * How often each method of wrappers was called in this process, by its name.
     *
     * @deprecated {@code migrator status} lists the uses of all legacy APIs
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, MethodUsage> usage() {
        record("usage", "migrator status");
        Map<String, MethodUsage> usage = new TreeMap<>();
        List<CallSite> sites = LegacyUsage.shared().snapshot().stream()
                .filter(site -> site.api().startsWith(NAME))
                .sorted(Comparator.comparing(CallSite::place))
                .toList();
        for (CallSite site : sites) {
            usage.merge(
                    site.api().substring(NAME.length()),
                    new MethodUsage(site.calls(), site.place()),
                    (first, next) -> new MethodUsage(first.calls() + next.calls(), first.firstCallSite()));
        }
        return usage;
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
