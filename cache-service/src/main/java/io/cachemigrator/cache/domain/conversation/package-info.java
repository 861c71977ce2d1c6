/** The cache of a conversation service: conversations, customers, predictions, prompts, responses and metrics. */
@NullMarked
package io.cachemigrator.cache.domain.conversation;

import org.jspecify.annotations.NullMarked;
