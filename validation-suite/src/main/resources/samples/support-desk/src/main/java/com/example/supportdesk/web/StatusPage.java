package com.example.supportdesk.web;

import io.cachemigrator.compat.services.RedisCacheService;
import java.util.Map;
import java.util.TreeMap;

/** The raw numbers, for the old dashboard. */
public class StatusPage {
    private final RedisCacheService redis;

    public StatusPage(RedisCacheService redis) {
        this.redis = redis;
    }

    public Map<String, Object> numbers() {
        Map<String, Object> numbers = new TreeMap<>(redis.getStats().toMap());
        numbers.put("status", redis.healthCheck().status());
        return numbers;
    }
}
