/** Cached responses of HTTP services: ETags, tags, {@code Vary}, and stale answers while a fresh one is made. */
@NullMarked
package io.cachemigrator.cache.domain.http;

import org.jspecify.annotations.NullMarked;
