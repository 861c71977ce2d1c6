package com.example.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.supportdesk.cache.CacheFactory;
import com.example.supportdesk.conversation.Answers;
import com.example.supportdesk.web.Reports;
import io.cachemigrator.compat.services.RedisCacheService;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private final String id = UUID.randomUUID().toString();

    @Test
    void reportsAreReadUntilTheyAreWithdrawn() {
        try (RedisCacheService redis = CacheFactory.open(RedisUrl.get())) {
            Reports reports = new Reports(redis);
            assertTrue(reports.publish("/reports/" + id, Map.of("open", 3)));
            assertEquals(Map.of("open", 3), reports.read("/reports/" + id));
            assertTrue(reports.withdraw("/reports/" + id));
            assertEquals(Map.of(), reports.read("/reports/" + id));
            assertTrue(reports.note("/notes/" + id, "quiet"));
            assertEquals("quiet", reports.readOrMake("/notes/" + id, "loud"));
            assertTrue(reports.isWorthIt());
            assertEquals(0, reports.troubles());
        }
    }

    @Test
    void answersAreLearntAndPrivateOnesAreNot() {
        try (RedisCacheService redis = CacheFactory.open(RedisUrl.get())) {
            Answers answers = new Answers(CacheFactory.conversations(redis));
            assertTrue(answers.learn("is there a guarantee, and for how long", "Thirty days"));
            assertEquals(
                    "Ana, Thirty days [guarantee_response]",
                    answers.answer("what about a guarantee for " + id, "Ana"));
            assertFalse(answers.learn("my password is lost again today", id));
            assertTrue(answers.figures().startsWith("1 found, 0 not, 0 unknown, 1 private"));
            assertTrue(answers.remark(id, "called twice"));
            assertEquals("called twice", answers.remark(id));
            assertTrue(answers.forget(id));
        }
    }
}
