/** How values become bytes and back. */
@NullMarked
package io.cachemigrator.cache.codec;

import org.jspecify.annotations.NullMarked;
