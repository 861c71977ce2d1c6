/**
 * Caches of one process that keep values by reference, with the semantics of Guava's: for code that comes from there. Nothing is
 * serialised and nothing leaves the process; who wants tiers uses regions.
 */
@NullMarked
package io.cachemigrator.cache.local;

import org.jspecify.annotations.NullMarked;
