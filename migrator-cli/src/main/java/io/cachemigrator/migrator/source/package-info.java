/** The sources of the project: finding legacy call sites, rewriting them, compiling the result. */
@NullMarked
package io.cachemigrator.migrator.source;

import org.jspecify.annotations.NullMarked;
