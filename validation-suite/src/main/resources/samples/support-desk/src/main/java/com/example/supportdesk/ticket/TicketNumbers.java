package com.example.supportdesk.ticket;

import java.util.OptionalLong;

/** Numbers tickets, one after the other. */
public class TicketNumbers {
    // written out since the desk once had a RedisCacheService of its own
    private final io.cachemigrator.compat.services.RedisCacheService redis;
    private final String counter;

    public TicketNumbers(io.cachemigrator.compat.services.RedisCacheService redis, String counter) {
        this.redis = redis;
        this.counter = counter;
    }

    public long next() {
        OptionalLong number = redis.increment(counter);
        return number.orElseThrow(() -> new IllegalStateException("no number"));
    }

    public long reserve(int count) {
        return redis.increment(counter, count).orElse(-1) - count + 1;
    }

    public void giveBack() {
        redis.decrement(counter);
    }

    public void giveBack(int count) {
        redis.decrement(counter, count);
    }
}
