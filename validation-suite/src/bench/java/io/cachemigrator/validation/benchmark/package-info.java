/** Benchmarks of the consolidated service beside its peers; profile {@code bench}. */
@NullMarked
package io.cachemigrator.validation.benchmark;

import org.jspecify.annotations.NullMarked;
