/** Caches of the service behind Spring's cache abstraction. Needs {@code spring-context}, which is optional. */
@NullMarked
package io.cachemigrator.cache.spring;

import org.jspecify.annotations.NullMarked;
