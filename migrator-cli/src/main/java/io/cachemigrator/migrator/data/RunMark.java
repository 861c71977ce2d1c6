package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;

/** How an entry shows which run copied it: a metadata key, so that a rollback finds its own entries without a list. */
final class RunMark {
    /** Metadata key that holds the run's id. */
    static final String KEY = "cm.run";

    private RunMark() {}

    /** Whether a run copied the entry, and the application has not written it since. */
    static boolean isCopyOf(Envelope envelope, String runId) {
        return envelope.isMigrated() && runId.equals(envelope.metadata().get(KEY));
    }
}
