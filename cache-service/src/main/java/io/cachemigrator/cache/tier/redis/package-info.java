/** The tier on a Redis server. */
@NullMarked
package io.cachemigrator.cache.tier.redis;

import org.jspecify.annotations.NullMarked;
