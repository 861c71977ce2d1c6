/** Recipes for the cache managers of Spring, which become one over caches of the consolidated service. */
@NullMarked
package io.cachemigrator.recipes.spring;

import org.jspecify.annotations.NullMarked;
