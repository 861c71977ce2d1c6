/** Inventory and readiness. */
@NullMarked
package io.cachemigrator.migrator.check;

import org.jspecify.annotations.NullMarked;
