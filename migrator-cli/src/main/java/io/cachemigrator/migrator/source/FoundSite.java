package io.cachemigrator.migrator.source;

import io.cachemigrator.recipes.services.LegacyCallSites;

/**
 * A call site as a recipe tells it.
 *
 * @param recipe full name of the recipe
 * @param row what it says
 */
record FoundSite(String recipe, LegacyCallSites.Row row) {}
