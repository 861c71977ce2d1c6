package com.example.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.supportdesk.cache.CacheFactory;
import com.example.supportdesk.conversation.Kinds;
import io.cachemigrator.compat.services.RedisCacheService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KindsTest {
    private final String id = UUID.randomUUID().toString();

    @Test
    void everythingThatIsKeptIsFound() {
        try (RedisCacheService redis = CacheFactory.open(RedisUrl.get())) {
            Kinds kinds = new Kinds(redis);
            assertFalse(kinds.isKept(id));
            assertTrue(kinds.keep(id));
            assertTrue(kinds.isKept(id));
            assertTrue(kinds.states(List.of(id)).join().isEmpty());
            assertEquals(31, kinds.prepare());
            assertFalse(kinds.names().isEmpty());
            assertTrue(kinds.total() > 0);
            assertTrue(kinds.count(id).join());
            assertTrue(kinds.isBehindTheOldOnes(id));
        }
    }
}
