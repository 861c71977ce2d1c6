package com.example.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.supportdesk.agent.AgentSessions;
import com.example.supportdesk.cache.CacheFactory;
import com.example.supportdesk.conversation.ConversationDesk;
import com.example.supportdesk.conversation.Predictions;
import com.example.supportdesk.web.HealthPage;
import io.cachemigrator.cache.domain.conversation.CustomerData;
import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.RedisCacheService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static RedisCacheService redis;
    private static NgxCacheManager conversations;
    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        redis = CacheFactory.open(RedisUrl.get());
        conversations = CacheFactory.conversations(redis);
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Test
    void aConversationIsKeptUntilItEnds() {
        ConversationDesk desk = new ConversationDesk(conversations);
        long before = desk.started();
        desk.begin(id, "hans");

        assertTrue(desk.started() > before);
        assertEquals("hans", desk.find(id).orElseThrow().customerId());
        assertEquals(1, desk.count(List.of(id, id + "-other")));
        desk.end(id);
        assertTrue(desk.find(id).isEmpty());
    }

    @Test
    void customersPromptsAndKnowledgeAreRemembered() {
        ConversationDesk desk = new ConversationDesk(redis);
        desk.remember(CustomerData.of(id, "Ida", "ida@example.com"));
        desk.learn(id, Map.of("answer", 42));

        assertEquals("Ida", desk.nameOf(id));
        assertEquals("unknown", desk.nameOf(id + "-other"));
        assertEquals("You answer questions about " + id, desk.prompt(id));
        assertEquals("You answer questions about " + id, desk.prompt(id));
        assertEquals(42, ((Number) desk.known(id).orElseThrow().get("answer")).intValue());
    }

    @Test
    void predictionsAreComputedOnce() {
        Predictions predictions = new Predictions(conversations);

        assertEquals(id, predictions.churn(id).get("customer"));
        assertEquals(id, predictions.churn(id).get("customer"));
        assertTrue(predictions.rate(id, 1.5));
        assertEquals(1.5, predictions.rating(id));
    }

    @Test
    void agentsSignInAndOut() {
        AgentSessions sessions = new AgentSessions(() -> redis);

        assertTrue(sessions.signIn("day", id));
        assertTrue(sessions.isSignedIn("day", id));
        assertTrue(sessions.signOut("day", id));
        assertFalse(sessions.isSignedIn("day", id));
        assertFalse(sessions.signOutAll(id));
    }

    @Test
    void theHealthPageSaysUp() {
        assertTrue(new HealthPage(redis).line().startsWith("up, "));
    }
}
