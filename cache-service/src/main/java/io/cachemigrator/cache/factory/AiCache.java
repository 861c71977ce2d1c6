package io.cachemigrator.cache.factory;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cache of an application that asks language models. Works over any store, and while a store is down. Thread safe. */
public interface AiCache extends AppCache {

    /**
     * The answer to a request, with {@code cache_hit} true; empty when there is none. The map is the caller's own.
     *
     * @param text the text; may be empty
     * @param operation letters, digits, {@code _}, {@code -} and {@code .}, at most 64
     * @param options values that the answer depends on
     * @param question null = none
     * @throws io.cachemigrator.cache.error.ValidationException if one of them is not as it should be
     */
    Optional<Map<String, Object>> getCachedResponse(
            String text, String operation, Map<String, ?> options, @Nullable String question);

    /**
     * Stores an answer for its operation's time. One with {@code no_store} true, which only helps out, is not stored, nor is one
     * to a text that is longer than configured.
     *
     * @throws io.cachemigrator.cache.error.ValidationException as {@link #getCachedResponse}
     */
    void cacheResponse(
            String text, String operation, Map<String, ?> options, Map<String, ?> response, @Nullable String question);

    /**
     * The key of an answer.
     *
     * @param options may have the question as {@code question}
     * @throws io.cachemigrator.cache.error.ValidationException as {@link #getCachedResponse}
     */
    String buildKey(String text, String operation, Map<String, ?> options);

    /** Removes the answers of exactly this operation; gives how many. */
    long invalidateByOperation(String operation);

    /** What was asked, in short. */
    PerformanceSummary performanceSummary();

    /** What the cache is worth, with advice. */
    AiPerformanceSummary aiPerformanceSummary();

    /** What was asked, by the size of the text. */
    TextTierStatistics textTierStatistics();

    /** How long it took, by operation. */
    OperationPerformance operationPerformance();
}
