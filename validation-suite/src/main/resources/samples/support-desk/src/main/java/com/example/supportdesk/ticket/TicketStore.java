package com.example.supportdesk.ticket;

import com.example.supportdesk.cache.CacheKeys;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.SetOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tickets by id.
 *
 * <p>Backed by {@link RedisCacheService}; a ticket that nobody touches for four hours is forgotten.
 */
public class TicketStore {
    private final RedisCacheService redis;

    public TicketStore(RedisCacheService redis) {
        this.redis = redis;
    }

    public boolean save(Ticket ticket) {
        // the lifetime starts again with each write
        return redis.set(CacheKeys.ticket(ticket.id()), ticket, CacheKeys.TICKET_TTL);
    }

    public boolean create(Ticket ticket) {
        return redis.set(
                CacheKeys.ticket(ticket.id()),
                ticket,
                SetOptions.ifAbsent() /* never overwrite */.withTtl(CacheKeys.TICKET_TTL));
    }

    public boolean replace(Ticket ticket) {
        return redis.set(CacheKeys.ticket(ticket.id()), ticket, new SetOptions(Duration.ofHours(1), false, true));
    }

    public Ticket find(String id) {
        return redis.get(CacheKeys.ticket(id), Ticket.class);
    }

    public Ticket findOr(String id, Ticket other) {
        return this.redis.get(CacheKeys.ticket(id), Ticket.class, other);
    }

    public List<Ticket> findAll(Collection<String> ids) {
        Map<String, Ticket> found = redis.getMany(ids.stream().map(CacheKeys::ticket).toList(), Ticket.class);
        return found.values().stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
    }

    public boolean saveAll(Collection<Ticket> tickets) {
        Map<String, Ticket> values = tickets.stream()
                .collect(Collectors.toMap(
                        ticket -> CacheKeys.ticket(ticket.id()),
                        ticket -> ticket,
                        (one, other) -> other,
                        LinkedHashMap::new));
        return redis.setMany(values) && redis.setMany(values, CacheKeys.TICKET_TTL);
    }

    public boolean close(String id) {
        Ticket ticket = find(id);
        return ticket != null && replace(ticket.closed());
    }

    public long deleteAll(Collection<String> ids) {
        return ids.stream().map(CacheKeys::ticket).filter(redis::delete).count();
    }

    public boolean keep(String id, Duration time) {
        return redis.exists(CacheKeys.ticket(id)) && redis.expire(CacheKeys.ticket(id), time);
    }
}
