/** Warnings about legacy calls, once per call site, and the counts of who still makes them. */
@NullMarked
package io.cachemigrator.compat.deprecation;

import org.jspecify.annotations.NullMarked;
