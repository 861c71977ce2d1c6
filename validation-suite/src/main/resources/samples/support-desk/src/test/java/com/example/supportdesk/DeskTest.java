package com.example.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.supportdesk.cache.AuditedCache;
import com.example.supportdesk.ticket.Ticket;
import com.example.supportdesk.web.GreetingCache;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeskTest {
    private final String id = UUID.randomUUID().toString();

    @Test
    void aTicketIsOpenedAndWorkedOn() {
        try (SupportDesk desk = new SupportDesk(RedisUrl.get(), "numbers:" + id)) {
            Ticket ticket = desk.open("emil", "No hot water");

            assertEquals("1", ticket.id());
            assertTrue(desk.work(ticket.id() + id, "fred"));
            assertFalse(desk.work(ticket.id() + id, "gina"));
            desk.conversations().begin("conversation-" + id, "emil");
            assertTrue(desk.conversations().find("conversation-" + id).isPresent());
            desk.tickets().deleteAll(List.of("1"));
        }
    }

    @Test
    void theStatusPageShowsTheOldNames() {
        try (SupportDesk desk = new SupportDesk(RedisUrl.get(), "numbers:" + id)) {
            assertTrue(desk.status().containsKey("status"));
        }
    }

    @Test
    void deletedKeysAreRemembered() {
        try (AuditedCache cache = new AuditedCache(RedisUrl.get())) {
            cache.set("audited:" + id, 1);

            assertTrue(cache.delete("audited:" + id));
            assertEquals(List.of("audited:" + id), cache.deleted());
        }
    }

    @Test
    void aGreetingIsRememberedForTheDefaultTime() {
        try (GreetingCache greetings = GreetingCache.open(RedisUrl.get(), Duration.ZERO)) {
            assertEquals("Hello", greetings.greeting(id));
            assertTrue(greetings.remember(id, "Moin"));
            assertEquals("Moin", greetings.greeting(id));
        }
    }
}
