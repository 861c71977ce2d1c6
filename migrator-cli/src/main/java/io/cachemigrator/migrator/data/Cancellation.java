package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;

/** Asked at safe points whether the work should stop. Thread safe. */
public final class Cancellation {
    private final String fix;
    private volatile boolean requested;

    /** Of work that is simply done again after an interruption. */
    public Cancellation() {
        this("Run the command again.");
    }

    /** Of work that goes on after an interruption in the way that {@code fix} says, as one imperative sentence. */
    public Cancellation(String fix) {
        this.fix = fix;
    }

    /** Asks the work to stop at its next safe point. */
    public void request() {
        requested = true;
    }

    /** Whether it was asked to stop. */
    public boolean isRequested() {
        return requested;
    }

    /** Fails when the work was asked to stop; what was done until now is journaled. */
    public void check() {
        if (requested) {
            throw new MigratorException(
                    ErrorCode.INTERRUPTED,
                    "The command was interrupted.",
                    "It stopped at a safe point, and the journal has everything done until then.",
                    fix);
        }
    }
}
