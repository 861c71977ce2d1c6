package com.example.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.supportdesk.cache.CacheFactory;
import com.example.supportdesk.ticket.AsyncTickets;
import com.example.supportdesk.ticket.Ticket;
import com.example.supportdesk.ticket.TicketStore;
import io.cachemigrator.compat.services.RedisCacheService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketStoreTest {
    private final String id = UUID.randomUUID().toString();
    private final Ticket ticket = new Ticket(id, "anna", "Broken treadmill", true);
    private RedisCacheService redis;
    private TicketStore store;

    @BeforeEach
    void open() {
        redis = CacheFactory.open(RedisUrl.get());
        store = new TicketStore(redis);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void aTicketIsFoundAgain() {
        assertTrue(store.save(ticket));

        assertEquals(ticket, store.find(id));
        assertTrue(store.keep(id, Duration.ofMinutes(5)));
    }

    @Test
    void aTicketThatNobodyWroteIsNull() {
        assertNull(store.find(id));
        assertEquals(ticket, store.findOr(id, ticket));
    }

    @Test
    void aTicketIsCreatedOnce() {
        assertTrue(store.create(ticket));
        assertFalse(store.create(ticket));
    }

    @Test
    void onlyATicketThatExistsIsReplaced() {
        assertFalse(store.replace(ticket));
        store.save(ticket);
        assertTrue(store.close(id));
        assertFalse(store.find(id).open());
    }

    @Test
    void manyTicketsAreStoredFoundAndDeleted() {
        Ticket other = new Ticket(id + "-2", "ben", "Lost key", true);

        assertTrue(store.saveAll(List.of(ticket, other)));
        assertEquals(List.of(ticket, other), store.findAll(List.of(id, id + "-2", id + "-3")));
        assertEquals(2, store.deleteAll(List.of(id, id + "-2", id + "-3")));
    }

    @Test
    void ticketsWithoutWaiting() {
        AsyncTickets async = new AsyncTickets(redis);

        assertTrue(async.save(ticket).join());
        assertEquals(ticket, async.find(id).join());
        assertEquals(List.of("Broken treadmill"), async.subjects(List.of(id)).join());
        assertTrue(async.forget(id).join());
    }
}
