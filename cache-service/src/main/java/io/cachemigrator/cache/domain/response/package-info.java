/** Responses that were made beforehand: found by question or pattern, with a confidence, never of private exchanges. */
@NullMarked
package io.cachemigrator.cache.domain.response;

import org.jspecify.annotations.NullMarked;
