package io.cachemigrator.compat.store;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store behind a circuit breaker: only a store that does not answer counts, not a value that it refuses. While the breaker is
 * open every call is told at once that there is no answer. Thread safe.
 */
public final class GuardedStore implements TaggedStore {
    private static final String REJECTED = "the circuit breaker is open after repeated failures";

    private static final Logger LOG = LoggerFactory.getLogger(GuardedStore.class);

    private final String name;
    private final TaggedStore store;
    private final CircuitBreaker breaker;
    private final LongAdder rejected = new LongAdder();
    private volatile boolean answered;
    private volatile boolean closed;

    /**
     * Guards a store, which is closed with this.
     *
     * @param name what to call the store in the log
     */
    public GuardedStore(String name, TaggedStore store, CircuitBreaker breaker) {
        this.name = name;
        this.store = store;
        this.breaker = breaker;
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        return guarded(
                () -> store.lookup(key, type),
                result -> answerIf(!(result instanceof Lookup.Unavailable)),
                new Lookup.Unavailable<>(REJECTED));
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        Map<String, Lookup<T>> none = new LinkedHashMap<>();
        keys.forEach(key -> none.put(key, new Lookup.Unavailable<>(REJECTED)));
        return guarded(
                () -> store.lookupAll(keys, type),
                result -> answerIf(result.values().stream().noneMatch(Lookup.Unavailable.class::isInstance)),
                none);
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        return write(() -> store.put(key, value, options));
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        return write(() -> store.putAll(values, options));
    }

    @Override
    public WriteOutcome delete(String key) {
        return write(() -> store.delete(key));
    }

    /** Not every store tells absence from an outage here, so absence moves the breaker neither way. */
    @Override
    public WriteOutcome exists(String key) {
        return guarded(() -> store.exists(key), GuardedStore::answerOf, WriteOutcome.UNAVAILABLE);
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        return write(() -> store.expire(key, ttl));
    }

    @Override
    public CounterResult increment(String key, long delta) {
        return guarded(
                () -> store.increment(key, delta),
                result -> answerIf(!(result instanceof CounterResult.Unavailable)),
                new CounterResult.Unavailable(REJECTED));
    }

    @Override
    public ClearOutcome clear() {
        return guarded(store::clear, outcome -> answerIf(outcome.complete()), new ClearOutcome(0, false));
    }

    @Override
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        Map<String, EntryState<byte[]>> none = new LinkedHashMap<>();
        keys.forEach(key -> none.put(key, new EntryState.Unknown<>(REJECTED)));
        // what a mirror asks is not counted among the callers' calls
        return aside(() -> store.states(keys), none);
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        Map<String, WriteOutcome> none = new LinkedHashMap<>();
        states.keySet().forEach(key -> none.put(key, WriteOutcome.UNAVAILABLE));
        return guarded(
                () -> store.applyAll(states), made -> answerIf(!made.containsValue(WriteOutcome.UNAVAILABLE)), none);
    }

    private <R> R aside(Supplier<R> call, R rejection) {
        return closed || breaker.isOpen() ? rejection : call.get();
    }

    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        return guarded(
                () -> store.clearTag(prefix, tag), outcome -> answerIf(outcome.complete()), new ClearOutcome(0, false));
    }

    @Override
    public Set<String> keysOf(String tag) {
        requireAdmitted();
        return store.keysOf(tag);
    }

    @Override
    public Map<String, Stored> entries(String prefix) {
        requireAdmitted();
        return store.entries(prefix);
    }

    private void requireAdmitted() {
        if (closed || breaker.isOpen()) {
            throw new InfrastructureException(
                    CacheErrorCode.STORE_UNAVAILABLE,
                    name + " is not asked: " + REJECTED + ". Ask again when it answers.",
                    Map.of());
        }
    }

    @Override
    public Clock clock() {
        return store.clock();
    }

    /** Asks the store even while the breaker is open, and leaves the breaker alone. */
    @Override
    public CacheHealth health() {
        return store.health();
    }

    @Override
    public void close() {
        closed = true;
        answered = false;
        store.close();
    }

    /** Whether it is open and the last call was answered. */
    public boolean isConnected() {
        return answered && !breaker.isOpen();
    }

    /** Notes an answer that came by another way, such as a health check. */
    public void answered() {
        answered = !closed;
    }

    /** The breaker that guards it. */
    public CircuitBreaker breaker() {
        return breaker;
    }

    /** Calls that were turned away. */
    public long rejectedCalls() {
        return rejected.sum();
    }

    private WriteOutcome write(Supplier<WriteOutcome> call) {
        return guarded(call, outcome -> answerIf(outcome != WriteOutcome.UNAVAILABLE), WriteOutcome.UNAVAILABLE);
    }

    private <R> R guarded(Supplier<R> call, Function<R, Answer> judge, R rejection) {
        if (closed || !breaker.admits()) {
            rejected.increment();
            return rejection;
        }
        Answer answer = Answer.INCONCLUSIVE; // an exception is the caller's fault: the store was not asked
        try {
            R result = call.get();
            answer = judge.apply(result);
            return result;
        } finally {
            note(answer);
        }
    }

    private void note(Answer answer) {
        boolean openBefore = breaker.isOpen();
        switch (answer) {
            case YES -> breaker.succeeded();
            case NO -> breaker.failed();
            case INCONCLUSIVE -> breaker.inconclusive();
        }
        if (answer != Answer.INCONCLUSIVE) {
            answered = answer == Answer.YES && !closed;
        }
        if (breaker.isOpen() != openBefore) {
            logChange(openBefore);
        }
    }

    private void logChange(boolean openBefore) {
        if (openBefore) {
            LOG.info("{} answers again", name);
        } else {
            LOG.warn("{} did not answer {} times in a row: calls are rejected for a while", name, breaker.failures());
        }
    }

    private static Answer answerIf(boolean answered) {
        return answered ? Answer.YES : Answer.NO;
    }

    private static Answer answerOf(WriteOutcome exists) {
        return exists == WriteOutcome.CONDITION_NOT_MET ? Answer.INCONCLUSIVE : answerIf(exists.isStored());
    }

    /** Whether the store answered. */
    private enum Answer {
        YES,
        NO,
        INCONCLUSIVE
    }
}
