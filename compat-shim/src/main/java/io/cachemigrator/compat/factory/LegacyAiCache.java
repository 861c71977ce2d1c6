package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.factory.AiCache;
import io.cachemigrator.cache.factory.AiPerformanceSummary;
import io.cachemigrator.cache.factory.OperationPerformance;
import io.cachemigrator.cache.factory.PerformanceSummary;
import io.cachemigrator.cache.factory.TextTierStatistics;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the legacy caches of answers have in common. */
@SuppressWarnings("removal") // the legacy family is itself
abstract class LegacyAiCache extends LegacyCache {
    private final AiCache answers;

    LegacyAiCache(AiCache answers, Class<?> api) {
        super(answers, api);
        this.answers = answers;
    }

    private void same(String method) {
        record(method, "AiCache." + method);
    }

    /** A cache of answers took a part of an answer's key for a pattern. */
    @Override
    String wholePattern(String pattern) {
        return "ai_cache:*" + pattern + "*";
    }

    /**
     * The answer to a request, with {@code cache_hit} true; empty when there is none. The map is the caller's own.
     *
     * @param question null = none
     * @throws io.cachemigrator.cache.error.ValidationException if an argument is not as it should be
     * @deprecated use {@link AiCache#getCachedResponse(String, String, Map, String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getCachedResponse(
            String text, String operation, Map<String, ?> options, @Nullable String question) {
        same("getCachedResponse");
        return answers.getCachedResponse(text, operation, options, question);
    }

    /**
     * Stores an answer for its operation's time, or the default.
     *
     * @param question null = none
     * @throws io.cachemigrator.cache.error.ValidationException if an argument is not as it should be
     * @deprecated use {@link AiCache#cacheResponse(String, String, Map, Map, String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public void cacheResponse(
            String text, String operation, Map<String, ?> options, Map<String, ?> response, @Nullable String question) {
        same("cacheResponse");
        answers.cacheResponse(text, operation, options, response, question);
    }

    /**
     * The key of an answer.
     *
     * @throws io.cachemigrator.cache.error.ValidationException if an argument is not as it should be
     * @deprecated use {@link AiCache#buildKey(String, String, Map)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public String buildKey(String text, String operation, Map<String, ?> options) {
        same("buildKey");
        return answers.buildKey(text, operation, options);
    }

    /**
     * Removes the answers of exactly this operation; gives how many.
     *
     * @param context what the removal is for; without effect
     * @deprecated use {@link AiCache#invalidateByOperation(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public long invalidateByOperation(String operation, @Nullable String context) {
        same("invalidateByOperation");
        return answers.invalidateByOperation(operation);
    }

    /**
     * What was asked, in short.
     *
     * @deprecated use {@link AiCache#performanceSummary()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public PerformanceSummary performanceSummary() {
        same("performanceSummary");
        return answers.performanceSummary();
    }

    /**
     * What the cache is worth, with advice.
     *
     * @deprecated use {@link AiCache#aiPerformanceSummary()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public AiPerformanceSummary aiPerformanceSummary() {
        same("aiPerformanceSummary");
        return answers.aiPerformanceSummary();
    }

    /**
     * What was asked, by the size of the text.
     *
     * @deprecated use {@link AiCache#textTierStatistics()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public TextTierStatistics textTierStatistics() {
        same("textTierStatistics");
        return answers.textTierStatistics();
    }

    /**
     * How long it took, by operation.
     *
     * @deprecated use {@link AiCache#operationPerformance()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OperationPerformance operationPerformance() {
        same("operationPerformance");
        return answers.operationPerformance();
    }
}
