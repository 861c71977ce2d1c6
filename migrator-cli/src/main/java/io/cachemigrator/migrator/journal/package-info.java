/** The database of runs, steps, checkpoints, locks, quarantined entries and verdicts. */
@NullMarked
package io.cachemigrator.migrator.journal;

import org.jspecify.annotations.NullMarked;
