package io.cachemigrator.cache.maintenance;

/**
 * What became of a dump's entries.
 *
 * @param restored stored again
 * @param present left alone, as a live entry was there, or expired in the meantime
 * @param failed neither, because the store was away or the value is too large now
 */
public record RestoreReport(long restored, long present, long failed) {
    /** Whether every entry that should be there is there. */
    public boolean isComplete() {
        return failed == 0;
    }
}
