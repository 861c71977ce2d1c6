package com.example.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.supportdesk.cache.CacheFactory;
import com.example.supportdesk.ticket.TicketLock;
import com.example.supportdesk.ticket.TicketNumbers;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.SetOptions;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TicketLockTest {
    private final String id = UUID.randomUUID().toString();

    @Test
    void oneAgentHoldsATicket() {
        try (RedisCacheService redis = CacheFactory.open(RedisUrl.get())) {
            TicketLock lock = new TicketLock(redis);

            assertFalse(lock.renew(id, "carl"));
            assertTrue(lock.take(id, "carl"));
            assertFalse(lock.take(id, "dora"));
            assertTrue(lock.renew(id, "carl"));
            assertFalse(lock.set(id, "dora", false));
            assertTrue(lock.set(id, "dora", true));
            lock.release(id);
            assertTrue(lock.takeForGood(id, "dora"));
        }
    }

    @Test
    void onlyUnconditionalOptionsOverwrite() {
        assertTrue(TicketLock.overwrites(SetOptions.DEFAULTS));
        assertFalse(TicketLock.overwrites(SetOptions.ifAbsent()));
    }

    @Test
    void numbersGrow() {
        try (var redis = CacheFactory.openOr(null, () -> CacheFactory.open(RedisUrl.get()))) {
            TicketNumbers numbers = new TicketNumbers(redis, "numbers:" + id);

            assertEquals(1, numbers.next());
            assertEquals(2, numbers.reserve(3));
            numbers.giveBack();
            numbers.giveBack(2);
            assertEquals(2, numbers.next());
        }
    }
}
