package com.example.supportdesk.web;

import io.cachemigrator.compat.services.HttpCacheConfig;
import io.cachemigrator.compat.services.HttpCacheHit;
import io.cachemigrator.compat.services.HttpCacheOptions;
import io.cachemigrator.compat.services.HttpCacheService;
import io.cachemigrator.compat.services.HttpCacheStats;
import io.cachemigrator.compat.services.HttpCacheStrategy;
import io.cachemigrator.compat.services.RedisCacheService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the management of reports asks of their cache: much that only the old one has. */
public final class ReportAdmin {
    private final HttpCacheService pages;

    public ReportAdmin(String url) {
        HttpCacheConfig config =
                new HttpCacheConfig(5, 2048, Duration.ofMinutes(1), Duration.ofMinutes(10), 20, true, false);
        this.pages = new HttpCacheService(new RedisCacheService(url), config, Runnable::run);
    }

    public boolean publish(String path, String language, String report) {
        HttpCacheOptions options =
                new HttpCacheOptions(null, null, List.of("admin", "daily"), Map.of("Accept-Language", language));
        return pages.set(path, report, options.withTtl(Duration.ofMinutes(5)))
                && pages.set(path + "/raw", report, HttpCacheOptions.DEFAULTS.withVaryHeaders(options.varyHeaders()));
    }

    public String read(String path, String language) {
        HttpCacheHit<String> found = pages.get(path, String.class, Map.of("Accept-Language", language));
        return found.value();
    }

    public String readWith(String path, HttpCacheStrategy strategy, String fresh) {
        return pages.get(path, String.class, strategy, () -> CompletableFuture.completedFuture(fresh))
                .value();
    }

    public int withdrawDaily() {
        return pages.invalidateByTag("daily") + pages.invalidateByTags(List.of("admin", "weekly"));
    }

    public int withdrawAll(String pattern) {
        return pages.invalidatePattern(pattern);
    }

    public int prepare(List<String> paths) {
        return pages.warm(
                wanted -> {
                    Map<String, Object> made = new LinkedHashMap<>();
                    wanted.forEach(path -> made.put(path, "report of " + path));
                    return made;
                },
                paths);
    }

    public Map<String, Object> figures() {
        HttpCacheStats stats = pages.getStats();
        Map<String, Object> figures = stats.toMap();
        figures.put("hits", stats.hitCount());
        figures.put("held", stats.totalEntries() + " of " + stats.totalBytes() + " bytes, " + stats.tags() + " tags");
        figures.put("removed", stats.evictionCount());
        figures.put("shrunk", stats.compressionRatio() + " in " + stats.responseTime());
        figures.put("tagged", pages.tagIndex());
        figures.put("fresh", pages.config().defaultTtl());
        return figures;
    }

    public void stop() {
        pages.close();
    }
}
