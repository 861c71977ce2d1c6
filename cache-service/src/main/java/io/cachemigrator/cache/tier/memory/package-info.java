/** The tier in the memory of this process. */
@NullMarked
package io.cachemigrator.cache.tier.memory;

import org.jspecify.annotations.NullMarked;
