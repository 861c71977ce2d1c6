package io.cachemigrator.compat.services;

import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.cache.error.CacheException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats on another store what was changed on the one that counts. That it fails is not the caller's trouble: it is
 * counted, and logged when it begins. Thread safe.
 */
final class Mirror {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

    private final KeyedStore store;
    private final LongAdder failures;
    private final AtomicBoolean failing = new AtomicBoolean();

    Mirror(KeyedStore store, LongAdder failures) {
        this.store = store;
        this.failures = failures;
    }

    void put(String key, @Nullable Object value, WriteOptions options) {
        repeat(() -> store.put(key, value, options.withCondition(WriteOptions.Condition.ALWAYS)));
    }

    void putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        repeat(() -> store.putAll(values, options));
    }

    WriteOutcome delete(String key) {
        return repeat(() -> store.delete(key));
    }

    void expire(String key, Duration ttl) {
        repeat(() -> store.expire(key, ttl));
    }

    /** A counter that this store does not have takes over the sum, so that it does not start again at zero. */
    void count(String key, long delta, long sum) {
        WriteOptions fresh = WriteOptions.ttl(WriteOptions.NO_EXPIRY).withCondition(WriteOptions.Condition.IF_ABSENT);
        repeat(() -> {
            WriteOutcome taken = store.put(key, sum, fresh);
            if (taken != WriteOutcome.CONDITION_NOT_MET) {
                return taken;
            }
            boolean counted = store.increment(key, delta) instanceof CounterResult.Counted;
            return counted ? WriteOutcome.STORED : WriteOutcome.UNAVAILABLE;
        });
    }

    void clear() {
        repeat(() -> store.clear().complete() ? WriteOutcome.STORED : WriteOutcome.UNAVAILABLE);
    }

    private WriteOutcome repeat(Supplier<WriteOutcome> change) {
        WriteOutcome outcome = WriteOutcome.UNAVAILABLE;
        String reason = "it cannot be reached";
        try {
            outcome = change.get();
        } catch (CacheException e) {
            reason = String.valueOf(e.getMessage());
        }
        boolean failed = outcome == WriteOutcome.UNAVAILABLE || outcome == WriteOutcome.TOO_LARGE;
        if (failed) {
            failures.increment();
        }
        if (failing.getAndSet(failed) != failed) {
            if (failed) {
                LOG.warn("The other layout misses changes: {}. Compare the two before the stage is changed.", reason);
            } else {
                LOG.info("The other layout takes changes again; it missed {} so far", failures.sum());
            }
        }
        return outcome;
    }
}
