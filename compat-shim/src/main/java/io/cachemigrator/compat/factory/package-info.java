/**
 * The legacy application caches, source compatible, over the legacy layout or the consolidated service.
 *
 * <p>Everything here is deprecated and will be removed in 2.0.0.
 */
@NullMarked
package io.cachemigrator.compat.factory;

import org.jspecify.annotations.NullMarked;
