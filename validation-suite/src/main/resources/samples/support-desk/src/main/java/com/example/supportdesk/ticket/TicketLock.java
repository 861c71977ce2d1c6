package com.example.supportdesk.ticket;

import static com.example.supportdesk.cache.CacheKeys.lock;
import static io.cachemigrator.compat.services.SetOptions.ifAbsent;

import com.example.supportdesk.cache.CacheKeys;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.SetOptions;
import java.time.Duration;

/** Keeps two agents from working on one ticket. */
public class TicketLock {
    private static final SetOptions TAKE = new SetOptions(Duration.ofSeconds(30), true, false);
    private static final SetOptions RENEW = SetOptions.ifPresent();

    private final RedisCacheService redis;

    public TicketLock(RedisCacheService redis) {
        this.redis = redis;
    }

    public boolean take(String ticket, String agent) {
        return redis.set(lock(ticket), agent, TAKE);
    }

    public boolean takeForGood(String ticket, String agent) {
        return redis.set(lock(ticket), agent, ifAbsent());
    }

    public boolean renew(String ticket, String agent) {
        return redis.set(lock(ticket), agent, RENEW.withTtl(CacheKeys.LOCK_TTL));
    }

    public boolean set(String ticket, String agent, boolean force) {
        SetOptions options = force ? SetOptions.DEFAULTS : new SetOptions(null, true, false);
        return redis.set(lock(ticket), agent, options);
    }

    /** Whether options would overwrite a lock that somebody holds. */
    public static boolean overwrites(SetOptions options) {
        return !options.nx() || options.xx();
    }

    public void release(String ticket) {
        redis.delete(lock(ticket));
    }
}
