package io.cachemigrator.recipes.services;

import java.util.Set;

/**
 * A recipe to which sources need not be given that can neither name a type of its family nor be handed a value of one. It asks
 * {@link LegacyCallSites#OTHER_CLASSES} which classes those declare.
 */
public interface SelectiveRecipe {
    /**
     * Simple names of exceptions whose catch clauses change with the caches. Where a source names one, the way from a cache to
     * its clause may lead through any source, and the recipe wants them all.
     */
    Set<String> followed();
}
