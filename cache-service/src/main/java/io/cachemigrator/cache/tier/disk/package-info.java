/** The tier in a file of this machine, shared by its processes. */
@NullMarked
package io.cachemigrator.cache.tier.disk;

import org.jspecify.annotations.NullMarked;
