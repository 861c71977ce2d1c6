/** Content-addressed copies of what a run changes. */
@NullMarked
package io.cachemigrator.migrator.backup;

import org.jspecify.annotations.NullMarked;
