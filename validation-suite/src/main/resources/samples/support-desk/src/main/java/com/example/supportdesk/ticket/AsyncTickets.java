package com.example.supportdesk.ticket;

import com.example.supportdesk.cache.CacheKeys;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.SetOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Tickets without waiting. */
public record AsyncTickets(RedisCacheService redis) {

    public CompletableFuture<Ticket> find(String id) {
        return redis.getAsync(CacheKeys.ticket(id), Ticket.class);
    }

    public CompletableFuture<Boolean> save(Ticket ticket) {
        return redis.setAsync(CacheKeys.ticket(ticket.id()), ticket, SetOptions.ttl(CacheKeys.TICKET_TTL))
                .thenCombine(
                        redis().setAsync("seen:" + ticket.id(), true),
                        (saved, seen) -> saved && seen);
    }

    public CompletableFuture<List<String>> subjects(List<String> ids) {
        return redis.getManyAsync(ids.stream().map(CacheKeys::ticket).toList(), Ticket.class)
                .thenApply(Map::values)
                .thenApply(tickets -> tickets.stream().map(Ticket::subject).sorted().toList());
    }

    public CompletableFuture<Boolean> forget(String id) {
        return redis.deleteAsync(CacheKeys.ticket(id));
    }
}
