package com.example.supportdesk.web;

import io.cachemigrator.compat.services.LegacyCacheSettings;
import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.RedisCacheService;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small container, by class. */
public final class Wiring {
    private final Map<Class<?>, Object> beans = new LinkedHashMap<>();

    public static Wiring from(Map<String, String> environment) {
        Wiring wiring = new Wiring();
        RedisCacheService redis = new RedisCacheService(
                LegacyCacheSettings.builder(environment).build());
        wiring.beans.put(RedisCacheService.class, redis);
        wiring.beans.put(NgxCacheManager.class, new NgxCacheManager(redis));
        return wiring;
    }

    public <T> T get(Class<T> type) {
        return type.cast(beans.get(type));
    }
}
