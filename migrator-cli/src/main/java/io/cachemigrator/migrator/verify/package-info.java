/** Comparison of legacy and consolidated data. */
@NullMarked
package io.cachemigrator.migrator.verify;

import org.jspecify.annotations.NullMarked;
