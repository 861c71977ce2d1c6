/** Where a roll-out stands, and where that is read from. */
@NullMarked
package io.cachemigrator.compat.stage;

import org.jspecify.annotations.NullMarked;
