/** The one exception of the engine, with its codes and exit codes. */
@NullMarked
package io.cachemigrator.migrator.error;

import org.jspecify.annotations.NullMarked;
