package io.cachemigrator.cache.domain.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.conversation.ConversationCache;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Beside the other entries of a keyed cache it behaves the same. */
class KeyedPrecomputedResponsesTest extends PrecomputedResponsesTest {
    @Override
    PrecomputedResponses over(CacheService opened) {
        return new PrecomputedResponses(
                new KeyedCache(opened).store(),
                ResponsePattern.conversation(),
                opened.config().clock());
    }

    @Test
    void findAndLearn_withFields_readTheContextFromThem() {
        try (CacheService own = CacheService.open(CacheConfig.builder().build())) {
            PrecomputedResponses answers = new PrecomputedResponses(new ConversationCache(own));
            Map<String, String> response = Map.of("response", "hello");
            assertThat(answers.learn("what does it cost today", response, Map.of("tier", "elite")))
                    .isTrue();
            assertThat(answers.find("the cost?", Map.of("tier", "pro"))).isEmpty();
            assertThat(answers.find("the cost?", Map.of("tier", "elite", "customer_name", "Ana"))
                            .orElseThrow()
                            .text())
                    .isEqualTo("Ana, hello");
            assertThat(answers.learn("what does it cost today", response, Map.of("has_personal_data", true)))
                    .isFalse();
            assertThat(ResponseContext.of(Map.of())).isEqualTo(ResponseContext.GENERAL);
        }
    }
}
