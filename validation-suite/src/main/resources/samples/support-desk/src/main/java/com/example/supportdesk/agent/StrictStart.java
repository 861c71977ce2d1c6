package com.example.supportdesk.agent;

import io.cachemigrator.compat.services.CacheFactory;
import io.cachemigrator.compat.services.CacheUnavailableException;
import io.cachemigrator.compat.services.CachedFunction;
import io.cachemigrator.compat.services.LegacyCaches;
import io.cachemigrator.compat.services.RedisCacheService;
import java.time.Duration;

/** Starts only with a server, or with none at all. */
public final class StrictStart {
    private StrictStart() {}

    public static RedisCacheService start() {
        try {
            return CacheFactory.create();
        } catch (CacheUnavailableException down) {
            return LegacyCaches.inMemory();
        }
    }

    public static String greeting(RedisCacheService cache, String agent) {
        CachedFunction<String> greet = CachedFunction.cached(
                cache, "greet", Duration.ofMinutes(5), String.class, names -> "Good morning, " + names.get(0));
        String greeting = greet.call(agent);
        greet.invalidateCache(() -> {}, agent);
        return greeting;
    }
}
