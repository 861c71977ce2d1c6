/**
 * The exchange of the types of one cache family by types with the same methods, in whole groups of files. A family
 * describes itself by {@link io.cachemigrator.recipes.exchange.Family}; its recipe extends
 * {@link io.cachemigrator.recipes.exchange.ExchangeRecipe}.
 */
@NullMarked
package io.cachemigrator.recipes.exchange;

import org.jspecify.annotations.NullMarked;
