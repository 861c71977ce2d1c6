package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.Lookup;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a keyed cache does. Thread safe. */
final class KeyedCounters {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder decodeErrors = new LongAdder();
    private final LongAdder unavailable = new LongAdder();

    <T> Lookup<T> countLookup(Lookup<T> lookup) {
        if (lookup.isPresent()) {
            hits.increment();
        } else if (lookup instanceof Lookup.Absent || lookup instanceof Lookup.Stale) {
            misses.increment();
        } else {
            countFailure(lookup);
        }
        return lookup;
    }

    /** Counts undecodable values one by one, and an outage once, since one bulk read is one call. */
    void countFailures(Collection<? extends Lookup<?>> lookups) {
        lookups.stream().filter(Lookup.Undecodable.class::isInstance).forEach(this::countFailure);
        lookups.stream()
                .filter(Lookup.Unavailable.class::isInstance)
                .findFirst()
                .ifPresent(this::countFailure);
    }

    void countError(boolean storeUnavailable) {
        errors.increment();
        if (storeUnavailable) {
            unavailable.increment();
        }
    }

    KeyedStatistics snapshot() {
        return new KeyedStatistics(hits.sum(), misses.sum(), errors.sum(), decodeErrors.sum(), unavailable.sum());
    }

    private void countFailure(Lookup<?> lookup) {
        countError(lookup instanceof Lookup.Unavailable);
        if (lookup instanceof Lookup.Undecodable) {
            decodeErrors.increment();
        }
    }
}
