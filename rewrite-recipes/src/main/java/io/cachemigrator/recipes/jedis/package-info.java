/** Recipes for Jedis where it keeps a cache of texts, which become text caches of the consolidated service. */
@NullMarked
package io.cachemigrator.recipes.jedis;

import org.jspecify.annotations.NullMarked;
