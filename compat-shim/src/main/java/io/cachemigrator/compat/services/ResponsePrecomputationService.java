package io.cachemigrator.compat.services;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.domain.response.PrecomputedResponse;
import io.cachemigrator.cache.domain.response.PrecomputedResponses;
import io.cachemigrator.cache.domain.response.ResponsePattern;
import io.cachemigrator.cache.domain.response.ResponseStatistics;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The legacy cache of ready answers, over an {@link NgxCacheManager}: answers are found by the question itself, then by the
 * kinds of question that it matches. Private exchanges are never kept. Thread safe.
 *
 * @deprecated use {@link PrecomputedResponses}; the recipe {@code io.cachemigrator.recipes.services.MigrateServices} rewrites
 *     callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public class ResponsePrecomputationService {
    private static final Logger LOG = LoggerFactory.getLogger(ResponsePrecomputationService.class);
    private static final Duration WARM_EVERY = Duration.ofHours(1);
    private static final Duration TRY_EVERY = Duration.ofMinutes(5);
    private static final String KEYS = "response:";

    private final LegacyRuntime runtime;
    private final PrecomputedResponses responses;
    private final LongAdder nanos = new LongAdder();

    /**
     * Over the process's service, {@link LegacyCaches#redis()}.
     *
     * @deprecated use {@link PrecomputedResponses#PrecomputedResponses(
     *     io.cachemigrator.cache.domain.conversation.ConversationCache)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public ResponsePrecomputationService() {
        this(LegacyCaches.shared().runtime());
        record("new", "new");
    }

    /**
     * Over a manager, with the 17 kinds of question.
     *
     * @throws IllegalStateException if the manager's service is closed
     * @deprecated use {@link PrecomputedResponses#PrecomputedResponses(
     *     io.cachemigrator.cache.domain.conversation.ConversationCache)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public ResponsePrecomputationService(NgxCacheManager manager) {
        this(manager.runtime());
        record("new", "new");
    }

    private ResponsePrecomputationService(LegacyRuntime runtime) {
        this.runtime = runtime.requireOpen();
        this.responses = new PrecomputedResponses(
                runtime.store(),
                ResponsePattern.conversation(),
                runtime.settings().clock());
    }

    /**
     * The cache that this service delegates to: lets callers be rewritten one by one.
     *
     * @deprecated make {@link PrecomputedResponses} instead of this service
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public PrecomputedResponses responses() {
        return responses;
    }

    /**
     * Stores the built-in answers.
     *
     * @return how many of each kind are really there now
     * @deprecated store the application's own answers, {@link PrecomputedResponses#putForPattern}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public HotCacheReport initializeHotCache() {
        record("initializeHotCache", "putForPattern");
        return new HotAnswers(responses).store();
    }

    /**
     * The best answer that is kept: to the same question, else to one of its kind.
     *
     * @param context {@code customer_type}, {@code tier} and {@code customer_name}, none of them needed
     * @deprecated use {@link PrecomputedResponses#find(String, Map)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<InstantResponse> getInstantResponse(String message, Map<String, ?> context) {
        record("getInstantResponse", "find");
        long start = System.nanoTime();
        Optional<PrecomputedResponse> found = responses.find(message, context);
        nanos.add(System.nanoTime() - start);
        return found.map(response ->
                InstantResponse.of(response, runtime.settings().clock().instant()));
    }

    /**
     * Keeps the answer of a conversation, unless it is private or the question is unlikely to come again.
     *
     * @param response its fields, of which {@code response} is the text
     * @param context as of {@link #getInstantResponse}; {@code has_personal_data} keeps it out
     * @return whether all of it was stored
     * @deprecated use {@link PrecomputedResponses#learn(String, Map, Map)}
     */
    @InlineMe(replacement = "this.responses().learn(message, response, context)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean cacheConversationResponse(String message, Map<String, ?> response, Map<String, ?> context) {
        record("cacheConversationResponse", "learn");
        return responses.learn(message, response, context);
    }

    /**
     * Stores the built-in answers every hour, from an hour from now on, and every five minutes while that fails. Cancel the
     * result to stop.
     *
     * @deprecated let the application's own scheduler store its answers
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public ScheduledFuture<?> startBackgroundWarming(ScheduledExecutorService scheduler) {
        record("startBackgroundWarming", "putForPattern");
        Warming warming = new Warming(runtime.settings().clock());
        long minutes = TRY_EVERY.toMinutes();
        return scheduler.scheduleWithFixedDelay(warming, minutes, minutes, TimeUnit.MINUTES);
    }

    /** Looks every few minutes whether it is time. */
    private final class Warming implements Runnable {
        private final Clock clock;
        private volatile long due;

        Warming(Clock clock) {
            this.clock = clock;
            this.due = clock.millis() + WARM_EVERY.toMillis();
        }

        @Override
        public void run() {
            if (clock.millis() < due) {
                return;
            }
            HotCacheReport report = new HotAnswers(responses).store();
            if (report.failed() == 0) {
                due = clock.millis() + WARM_EVERY.toMillis();
            } else {
                LOG.warn("{} of the built-in answers could not be stored; trying again", report.failed());
            }
        }
    }

    /**
     * What has been measured since this service was made.
     *
     * @deprecated use {@link PrecomputedResponses#statistics()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public PrecomputationMetrics metrics() {
        record("metrics", "statistics");
        ResponseStatistics counted = responses.statistics();
        long lookups = counted.questionHits() + counted.patternHits() + counted.misses() + counted.unavailable();
        return new PrecomputationMetrics(
                lookups,
                counted.questionHits(),
                counted.patternHits(),
                counted.misses(),
                counted.unavailable(),
                counted.refused(),
                lookups == 0 ? Duration.ZERO : Duration.ofNanos(nanos.sum() / lookups),
                keys());
    }

    private long keys() {
        try {
            return runtime.store().entries(KEYS).size();
        } catch (InfrastructureException down) {
            LOG.warn("{}", down.getMessage());
            return -1;
        }
    }

    private static void record(String method, String replacement) {
        LegacyUsage.shared().record(ResponsePrecomputationService.class, method, "PrecomputedResponses." + replacement);
    }
}
