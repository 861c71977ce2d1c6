/** Answers of language models, under keys that show nothing of the texts they belong to and do not collide. */
@NullMarked
package io.cachemigrator.cache.domain.ai;

import org.jspecify.annotations.NullMarked;
