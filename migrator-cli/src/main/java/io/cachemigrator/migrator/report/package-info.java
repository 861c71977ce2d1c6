/** Documents and texts that commands print. */
@NullMarked
package io.cachemigrator.migrator.report;

import org.jspecify.annotations.NullMarked;
