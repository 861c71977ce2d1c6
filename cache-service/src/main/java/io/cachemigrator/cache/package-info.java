/** The consolidated cache service: regions, lookups, outcomes and exceptions. */
@NullMarked
package io.cachemigrator.cache;

import org.jspecify.annotations.NullMarked;
