package com.example.supportdesk.web;

import io.cachemigrator.compat.services.HealthReport;
import io.cachemigrator.compat.services.HttpCacheHit;
import io.cachemigrator.compat.services.HttpCacheStats;
import io.cachemigrator.compat.services.InstantResponse;
import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.NgxCacheStats;
import io.cachemigrator.compat.services.PrecomputationMetrics;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.RedisStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every figure that the old services tell, and empty ones to show before there are any. */
public final class Figures {
    private Figures() {}

    public static String of(RedisCacheService redis) {
        RedisStats stats = redis.getStats();
        return stats.misses() + " " + stats.errors() + " " + stats.decodeErrors() + " " + stats.connected() + " "
                + stats.circuitBreakerOpen() + " " + stats.failureCount() + " " + stats.rejectedCalls() + " "
                + stats.mirrorFailures();
    }

    public static String health(RedisCacheService redis) {
        HealthReport report = redis.healthCheck();
        return report.latency() + " " + report.version() + " " + report.usedMemory() + " "
                + report.connectedClients() + " " + report.error() + " " + report.stats() + " " + report.toMap();
    }

    public static Map<String, Object> kinds(NgxCacheManager manager) {
        NgxCacheStats stats = manager.getCacheStats();
        return stats.toMap();
    }

    public static List<Object> none() {
        RedisStats stats = new RedisStats(false, 0, 0, 0, false, 0, 0, 0, 0);
        return List.of(
                stats,
                new HealthReport("unknown", null, null, null, null, null, null),
                new NgxCacheStats(stats, Map.of(), List.of()),
                new HttpCacheHit<String>(null, false, false),
                new HttpCacheStats(0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO),
                new InstantResponse("", "", Map.of()),
                new PrecomputationMetrics(0, 0, 0, 0, 0, 0, Duration.ZERO, 0));
    }
}
