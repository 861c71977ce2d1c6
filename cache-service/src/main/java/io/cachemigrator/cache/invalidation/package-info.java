/** Records that make entries invisible by tag or prefix, and their check when an entry is read. */
@NullMarked
package io.cachemigrator.cache.invalidation;

import org.jspecify.annotations.NullMarked;
