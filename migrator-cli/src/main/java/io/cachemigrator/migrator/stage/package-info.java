/** Where the roll-out stands. */
@NullMarked
package io.cachemigrator.migrator.stage;

import org.jspecify.annotations.NullMarked;
