/** Applying a plan step by step, resuming and undoing it. */
@NullMarked
package io.cachemigrator.migrator.run;

import org.jspecify.annotations.NullMarked;
