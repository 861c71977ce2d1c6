/**
 * The legacy conversation caches, source compatible, over the legacy layout or the consolidated service.
 *
 * <p>Everything here is deprecated and will be removed in 2.0.0; the recipes of
 * {@code io.cachemigrator.recipes.services} rewrite its callers.
 */
@NullMarked
package io.cachemigrator.compat.services;

import org.jspecify.annotations.NullMarked;
