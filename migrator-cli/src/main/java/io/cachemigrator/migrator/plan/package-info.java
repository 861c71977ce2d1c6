/** What dry-run writes and migrate applies. */
@NullMarked
package io.cachemigrator.migrator.plan;

import org.jspecify.annotations.NullMarked;
