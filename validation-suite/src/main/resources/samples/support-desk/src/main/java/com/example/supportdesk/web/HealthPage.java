package com.example.supportdesk.web;

import io.cachemigrator.compat.services.HealthReport;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.services.RedisStats;

/** One line on how the cache does. */
public class HealthPage {
    private final RedisCacheService redis;

    public HealthPage(RedisCacheService redis) {
        this.redis = redis;
    }

    public String line() {
        HealthReport health = redis.healthCheck();
        RedisStats stats = redis.getStats();
        return (health.isHealthy() ? "up" : "down") + ", " + stats.hits() + " of " + stats.totalRequests();
    }

    public double hitRate() {
        return redis.getStats().hitRate();
    }

    public long empty() {
        return redis.clearNamespace().removed();
    }
}
