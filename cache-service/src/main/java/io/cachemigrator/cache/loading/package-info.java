/** Loading of missing values: one load for an id at a time. */
@NullMarked
package io.cachemigrator.cache.loading;

import org.jspecify.annotations.NullMarked;
