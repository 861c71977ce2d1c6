package io.cachemigrator.cache.domain.ai;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.LoadOptions;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of a language model's answers. Each answer is kept for its operation's time, and can be invalidated with all
 * others of that operation. Thread safe; never throws because a store is unreachable, unless the service was configured to.
 *
 * <pre>{@code
 * AiAnswerCache<String> answers = new AiAnswerCache<>(service, "answers", Codecs.text(), AiPolicy.DEFAULTS);
 * String summary = answers.getOrAsk(AiRequest.of("summarize", text), () -> AiAnswer.of(model.summarize(text)));
 * }</pre>
 *
 * @param <T> type of the answers
 */
public final class AiAnswerCache<T> {
    private final Region<T> region;
    private final AiPolicy policy;
    private final Map<String, Counts> counts = new ConcurrentHashMap<>();

    /** Over a region of a service, which stays open as long as its owner wants. */
    public AiAnswerCache(CacheService service, String region, Codec<T> codec, AiPolicy policy) {
        this.region = service.region(region, codec);
        this.policy = policy;
    }

    /** The answer to a request; tells apart present, absent, stale and unavailable. */
    public Lookup<T> lookup(AiRequest request) {
        Lookup<T> lookup = region.lookup(policy.keys().idOf(request));
        Counts operation = counts(request);
        if (lookup.isPresent()) {
            operation.hits.increment();
        } else if (!(lookup instanceof Lookup.Unavailable)) {
            operation.misses.increment();
        }
        return lookup;
    }

    /** Stores an answer for its operation's time. */
    public WriteOutcome put(AiRequest request, T answer) {
        return put(request, answer, policy.ttlOf(request.operation()));
    }

    /** Stores an answer for a positive time. */
    public WriteOutcome put(AiRequest request, T answer, Duration ttl) {
        WriteOutcome outcome = region.put(policy.keys().idOf(request), answer, writeOf(request, ttl));
        if (outcome == WriteOutcome.STORED) {
            counts(request).stored.increment();
        }
        return outcome;
    }

    /**
     * The answer to a request, or the one that the model gives, which is stored if it is worth keeping. For one request the
     * model is asked once at a time; the others wait for its answer. A stale answer takes the place of a failure, and of an
     * answer that only helps out.
     */
    public T getOrAsk(AiRequest request, Supplier<AiAnswer<T>> model) {
        Counts operation = counts(request);
        AtomicBoolean asked = new AtomicBoolean();
        LoadOptions options = LoadOptions.writing(writeOf(request, policy.ttlOf(request.operation())));
        try {
            @Nullable
            T answer = region.getOrLoad(
                    policy.keys().idOf(request),
                    id -> {
                        asked.set(true);
                        AiAnswer<T> made = model.get();
                        if (!made.worthKeeping()) {
                            throw new NotKept(made.value());
                        }
                        operation.stored.increment();
                        return made.value();
                    },
                    options);
            return answer == null ? model.get().value() : answer;
        } catch (NotKept helping) {
            @SuppressWarnings("unchecked") // thrown above, with an answer of this type
            T answer = (T) helping.answer;
            return answer;
        } finally {
            (asked.get() ? operation.misses : operation.hits).increment();
        }
    }

    /** Carries an answer past the cache, which stores whatever a loader returns. */
    private static final class NotKept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Object answer;

        private NotKept(Object answer) {
            super("an answer that only helps out", null, false, false);
            this.answer = answer;
        }
    }

    /** Removes the answer to a request. */
    public WriteOutcome delete(AiRequest request) {
        return region.delete(policy.keys().idOf(request));
    }

    /** Invalidates the answers of exactly this operation; counts them if the region keeps a tag index. */
    public InvalidationOutcome invalidateOperation(String operation) {
        return region.invalidateTags(List.of(tagOf(AiRequest.of(operation, "").operation())));
    }

    /** Removes every answer of the region. */
    public ClearOutcome clear() {
        return region.clear();
    }

    /** Counts so far, by operation. */
    public AiStatistics statistics() {
        Map<String, AiStatistics.Operation> operations = new TreeMap<>();
        counts.forEach((name, each) -> operations.put(
                name, new AiStatistics.Operation(each.hits.sum(), each.misses.sum(), each.stored.sum())));
        return new AiStatistics(operations);
    }

    private static WriteOptions writeOf(AiRequest request, Duration ttl) {
        return WriteOptions.ttl(ttl).withTags(tagOf(request.operation()));
    }

    private static String tagOf(String operation) {
        return "operation:" + operation;
    }

    private Counts counts(AiRequest request) {
        return counts.computeIfAbsent(request.operation(), name -> new Counts());
    }

    private static final class Counts {
        private final LongAdder hits = new LongAdder();
        private final LongAdder misses = new LongAdder();
        private final LongAdder stored = new LongAdder();
    }
}
