/** Operations on data: dump and restore, warm-up, selective clearing, consistency checks. Over the public service only. */
@NullMarked
package io.cachemigrator.cache.maintenance;

import org.jspecify.annotations.NullMarked;
