/** Recipes for caches of Guava, which become local caches of the consolidated service. */
@NullMarked
package io.cachemigrator.recipes.guava;

import org.jspecify.annotations.NullMarked;
