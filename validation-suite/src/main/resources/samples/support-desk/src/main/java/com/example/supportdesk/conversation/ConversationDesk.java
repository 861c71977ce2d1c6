package com.example.supportdesk.conversation;

import io.cachemigrator.cache.domain.conversation.ConversationState;
import io.cachemigrator.cache.domain.conversation.CustomerData;
import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.RedisCacheService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations of customers with the desk. */
public class ConversationDesk {
    private final NgxCacheManager conversations;

    public ConversationDesk(RedisCacheService redis) {
        this(new NgxCacheManager(redis));
    }

    public ConversationDesk(NgxCacheManager conversations) {
        this.conversations = conversations;
    }

    public void begin(String id, String customer) {
        ConversationState state = ConversationState.builder(id).customerId(customer).build();
        conversations.setConversation(id, state);
        conversations.incrementMetric("conversations", "started");
    }

    public Optional<ConversationState> find(String id) {
        return conversations.getConversation(id);
    }

    public int count(List<String> ids) {
        return conversations.getConversationsBatch(ids).size();
    }

    public void end(String id) {
        conversations.deleteConversation(id);
        conversations.incrementMetric("conversations", "ended", 1);
    }

    public long started() {
        return conversations.getMetric("conversations", "started").orElse(0);
    }

    public void remember(CustomerData customer) {
        conversations.setCustomer(customer.id(), customer, Duration.ofHours(1));
    }

    public String nameOf(String customer) {
        return conversations.getCustomer(customer).map(CustomerData::name).orElse("unknown");
    }

    public String prompt(String kind) {
        return conversations
                .getCachedPrompt(kind)
                // first use of this kind
                .orElseGet(() -> {
                    String text = "You answer questions about " + kind;
                    conversations.setCachedPrompt(kind, text);
                    return text;
                });
    }

    public void learn(String kind, Map<String, Object> knowledge) {
        conversations.setKnowledge(kind, knowledge);
        conversations.setAgentConfig(kind, Map.of("enabled", true));
        conversations.clearExpired();
    }

    public Optional<Map<String, Object>> known(String kind) {
        return conversations.getKnowledge(kind);
    }
}
