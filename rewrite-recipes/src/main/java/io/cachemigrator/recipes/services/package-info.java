/** Recipes for the legacy family {@code services}: Redis cache services and the conversation cache. */
@NullMarked
package io.cachemigrator.recipes.services;

import org.jspecify.annotations.NullMarked;
