/** Typed exceptions of the cache service; each carries an error code and a context map. */
@NullMarked
package io.cachemigrator.cache.error;

import org.jspecify.annotations.NullMarked;
