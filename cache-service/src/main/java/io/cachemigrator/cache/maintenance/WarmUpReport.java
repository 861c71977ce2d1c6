package io.cachemigrator.cache.maintenance;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a warm-up. Immutable.
 *
 * @param loaded entries stored
 * @param present entries that were there already
 * @param failures why others are not there, by id; the first 100
 * @param failed how many others there are
 */
public record WarmUpReport(long loaded, long present, Map<String, String> failures, long failed) {

    /** Copies. */
    public WarmUpReport {
        failures = new TreeMap<>(failures);
    }

    /** Whether every entry is there. */
    public boolean isComplete() {
        return failed == 0;
    }
}
