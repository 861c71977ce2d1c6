/** Recipes for the factory family: caches chosen by the environment or constructed directly become caches of the factory. */
@NullMarked
package io.cachemigrator.recipes.factory;

import org.jspecify.annotations.NullMarked;
