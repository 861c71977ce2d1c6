/** What is known of legacy caches: the migration map, its loader and the matching of keys to key spaces. */
@NullMarked
package io.cachemigrator.map;

import org.jspecify.annotations.NullMarked;
