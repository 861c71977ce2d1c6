/** The check of compiled classes for legacy usage, against what was accepted. */
@NullMarked
package io.cachemigrator.migrator.arch;

import org.jspecify.annotations.NullMarked;
