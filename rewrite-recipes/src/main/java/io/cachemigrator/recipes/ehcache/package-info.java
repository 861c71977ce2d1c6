/** Recipes for caches of Ehcache 2, which become caches of elements of the consolidated service. */
@NullMarked
package io.cachemigrator.recipes.ehcache;

import org.jspecify.annotations.NullMarked;
