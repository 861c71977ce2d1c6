/**
 * Storage levels: what the service asks of one, and what it answers. Internal: applications use
 * {@link io.cachemigrator.cache.CacheService}.
 */
@NullMarked
package io.cachemigrator.cache.tier;

import org.jspecify.annotations.NullMarked;
