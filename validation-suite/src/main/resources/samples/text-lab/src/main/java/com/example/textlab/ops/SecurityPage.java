package com.example.textlab.ops;

import io.cachemigrator.compat.factory.GenericRedisCache;

/** What is asked of the old cache only. */
public final class SecurityPage {
    private final GenericRedisCache cache;

    public SecurityPage(String url) {
        this.cache = new GenericRedisCache(url);
    }

    public String text() {
        if (cache.validateSecurity()) {
            return "safe";
        }
        return cache.getSecurityStatus() + " " + cache.getSecurityRecommendations() + " "
                + cache.generateSecurityReport() + " " + cache.testSecurityConfiguration();
    }

    public void close() {
        cache.close();
    }
}
