/** A cache addressed by text keys: values of any type, the region chosen by the key's prefix. */
@NullMarked
package io.cachemigrator.cache.domain.keyed;

import org.jspecify.annotations.NullMarked;
