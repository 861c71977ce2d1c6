/** The byte format in which every tier and store keeps an entry; specified in {@code docs/reference/envelope.md}. */
@NullMarked
package io.cachemigrator.cache.envelope;

import org.jspecify.annotations.NullMarked;
