/** The inventory of the caches that a project's code uses: in its sources, and in its compiled classes. */
@NullMarked
package io.cachemigrator.migrator.inventory;

import org.jspecify.annotations.NullMarked;
