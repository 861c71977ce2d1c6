/**
 * Caches of one process whose entries are elements with times and counts of their own, with the semantics of Ehcache 2: for code
 * that comes from there. Elements are kept by reference and never leave the process; who wants tiers uses regions.
 */
@NullMarked
package io.cachemigrator.cache.element;

import org.jspecify.annotations.NullMarked;
