/** Watching a service: meters, thresholds and alerts, efficiency, key patterns, recommendations. Over the public service. */
@NullMarked
package io.cachemigrator.cache.observe;

import org.jspecify.annotations.NullMarked;
