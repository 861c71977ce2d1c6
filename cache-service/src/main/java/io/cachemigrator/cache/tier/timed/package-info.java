/** Measures how long a tier's operations take, and tells Flight Recorder of them. */
@NullMarked
package io.cachemigrator.cache.tier.timed;

import org.jspecify.annotations.NullMarked;
