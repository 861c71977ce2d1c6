/** Caches for an application: for web requests, for answers of language models, for tests; each made in one call. */
@NullMarked
package io.cachemigrator.cache.factory;

import org.jspecify.annotations.NullMarked;
