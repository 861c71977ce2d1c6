/** Immutable, validated configuration of the service, its regions and its tiers. */
@NullMarked
package io.cachemigrator.cache.config;

import org.jspecify.annotations.NullMarked;
