package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.journal.StepState;

/**
 * How a step ended.
 *
 * @param state where it stands
 * @param detail a record with what it did, kept as JSON
 * @param summary the same in a line
 */
record StepOutcome(StepState state, Object detail, String summary) {

    static StepOutcome applied(Object detail, String summary) {
        return new StepOutcome(StepState.APPLIED, detail, summary);
    }

    static StepOutcome skipped(String why) {
        return new StepOutcome(StepState.SKIPPED, java.util.Map.of(), why);
    }
}
