package com.example.supportdesk;

import com.example.supportdesk.conversation.ConversationDesk;
import com.example.supportdesk.ticket.Ticket;
import com.example.supportdesk.ticket.TicketLock;
import com.example.supportdesk.ticket.TicketNumbers;
import com.example.supportdesk.ticket.TicketStore;
import com.example.supportdesk.web.StatusPage;
import io.cachemigrator.compat.services.RedisCacheService;
import java.util.Map;

/** The desk: one cache, and what works with it. */
public class SupportDesk implements AutoCloseable {
    private final RedisCacheService redis;
    private final TicketStore tickets;
    private final TicketNumbers numbers;
    private final TicketLock lock;
    private final ConversationDesk conversations;
    private final StatusPage status;

    public SupportDesk(String url, String counter) {
        this.redis = new RedisCacheService(url);
        this.redis.start();
        this.tickets = new TicketStore(redis);
        this.numbers = new TicketNumbers(redis, counter);
        this.lock = new TicketLock(this.redis);
        this.conversations = new ConversationDesk(redis);
        this.status = new StatusPage(redis);
    }

    /** Opens a ticket for a customer. */
    public Ticket open(String customer, String subject) {
        Ticket ticket = new Ticket(String.valueOf(numbers.next()), customer, subject, true);
        tickets.create(ticket);
        return ticket;
    }

    public boolean work(String ticket, String agent) {
        return lock.take(ticket, agent);
    }

    public TicketStore tickets() {
        return tickets;
    }

    public ConversationDesk conversations() {
        return conversations;
    }

    public Map<String, Object> status() {
        return status.numbers();
    }

    @Override
    public void close() {
        redis.close();
    }
}
