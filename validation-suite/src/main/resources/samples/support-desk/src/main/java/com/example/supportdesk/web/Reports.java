package com.example.supportdesk.web;

import io.cachemigrator.compat.services.HttpCacheHit;
import io.cachemigrator.compat.services.HttpCacheOptions;
import io.cachemigrator.compat.services.HttpCacheService;
import io.cachemigrator.compat.services.RedisCacheService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reports that take a while to make. */
public final class Reports {
    private static final HttpCacheOptions DAILY = HttpCacheOptions.ttl(Duration.ofHours(1)).withTags("daily");

    private final HttpCacheService pages;

    public Reports(RedisCacheService redis) {
        this.pages = new HttpCacheService(redis);
    }

    public boolean publish(String path, Map<String, Object> report) {
        // half a day at most, then nobody wants it
        return pages.set(path, report, DAILY.withStaleTtl(Duration.ofHours(11)));
    }

    public boolean note(String path, String text) {
        return pages.set(path, text) && pages.set(path + "/copy", text, HttpCacheOptions.DEFAULTS);
    }

    public Map<?, ?> read(String path) {
        HttpCacheHit<Map> found = pages.get(path, Map.class);
        return found.isHit() ? found.value() : Map.of();
    }

    public String readOrMake(String path, String fresh) {
        Supplier<CompletionStage<String>> make = () -> CompletableFuture.completedFuture(fresh);
        HttpCacheHit<String> found = pages.get(path, String.class, make);
        return found.isStale() ? found.value() + " (old)" : found.value();
    }

    public boolean withdraw(String path) {
        return pages.invalidate(path);
    }

    public boolean isWorthIt() {
        return pages.getStats().hitRate() > 0.1 && pages.getStats().missCount() < 1_000_000;
    }

    public long troubles() {
        return pages.getStats().unavailableCount() + pages.getStats().tooLargeCount();
    }
}
