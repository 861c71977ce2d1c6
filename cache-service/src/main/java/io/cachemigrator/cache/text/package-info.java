/** Texts under keys with the commands of Redis, for code that used a Redis client as its cache. */
@NullMarked
package io.cachemigrator.cache.text;

import org.jspecify.annotations.NullMarked;
