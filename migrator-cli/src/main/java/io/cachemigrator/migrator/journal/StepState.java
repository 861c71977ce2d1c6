package io.cachemigrator.migrator.journal;

/** Where a step stands. */
public enum StepState {
    /** Not begun. */
    PENDING,
    /** Begun and not ended. */
    RUNNING,
    /** Applied. */
    APPLIED,
    /** Applied in part: its detail says what was left. */
    APPLIED_WITH_ERRORS,
    /** There was nothing to do. */
    SKIPPED,
    /** Ended by an error. */
    FAILED,
    /** Undone. */
    UNDONE;

    /** Whether a resumed run need not do it again. */
    public boolean isDone() {
        return this == APPLIED || this == APPLIED_WITH_ERRORS || this == SKIPPED;
    }
}
