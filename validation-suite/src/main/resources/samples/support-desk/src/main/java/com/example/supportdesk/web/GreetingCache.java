package com.example.supportdesk.web;

import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.SetOptions;
import java.time.Duration;

/** Greetings by language, kept as long as the settings say. */
public final class GreetingCache implements AutoCloseable {
    private final RedisCacheService redis;
    private final Duration ttl;

    private GreetingCache(RedisCacheService redis, Duration ttl) {
        this.redis = redis;
        this.ttl = ttl;
    }

    public static GreetingCache open(String url, Duration ttl) {
        return new GreetingCache(new RedisCacheService(url), ttl);
    }

    public boolean remember(String language, String greeting) {
        // zero in the settings means the default
        return redis.set("greeting:" + language, greeting, SetOptions.ttl(ttl));
    }

    public String greeting(String language) {
        return redis.get("greeting:" + language, String.class, "Hello");
    }

    @Override
    public void close() {
        redis.close();
    }
}
