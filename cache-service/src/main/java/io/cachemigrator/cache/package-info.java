/**
 * The consolidated cache service: the service, its regions, and the results of their operations.
 *
 * <p>A {@link io.cachemigrator.cache.CacheService} is opened once in a process from an immutable
 * {@link io.cachemigrator.cache.config.CacheConfig} and handed around. It is divided into <em>regions</em>, each with its
 * own time to live, codec, tiers and limits; all reads and writes go through a {@link io.cachemigrator.cache.Region}.
 */
@NullMarked
package io.cachemigrator.cache;

import org.jspecify.annotations.NullMarked;
