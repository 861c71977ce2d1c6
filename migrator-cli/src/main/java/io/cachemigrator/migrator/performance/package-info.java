/** Performance of the legacy path and of the consolidated service, side by side. */
@NullMarked
package io.cachemigrator.migrator.performance;

import org.jspecify.annotations.NullMarked;
