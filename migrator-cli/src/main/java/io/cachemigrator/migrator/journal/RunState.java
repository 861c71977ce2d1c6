package io.cachemigrator.migrator.journal;

/** Where a run stands. */
public enum RunState {
    /** Started and not ended; its process may have died. Resume it or roll it back. */
    RUNNING,
    /** Stopped on request at a safe point. Resume it or roll it back. */
    INTERRUPTED,
    /** Ended with everything applied and verified. */
    COMPLETED,
    /** Ended; some entries were set aside or call sites refused, the rest was applied and verified. */
    COMPLETED_WITH_ERRORS,
    /** Ended by an error; what was applied stays applied. Resume it or roll it back. */
    FAILED,
    /** Being undone. */
    ROLLING_BACK,
    /** Undone. */
    UNDONE;

    /** Whether it needs to be resumed or rolled back before another run may start. */
    public boolean isUnfinished() {
        return this == RUNNING || this == INTERRUPTED || this == FAILED || this == ROLLING_BACK;
    }

    /** Whether there is something to undo. */
    public boolean isUndoable() {
        return this != UNDONE;
    }
}
