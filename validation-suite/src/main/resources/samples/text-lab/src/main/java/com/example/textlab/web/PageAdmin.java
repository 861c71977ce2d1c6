package com.example.textlab.web;

import io.cachemigrator.compat.factory.GenericRedisCache;
import io.cachemigrator.compat.factory.InMemoryCache;
import io.cachemigrator.cache.factory.CacheEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the management of pages asks of its caches. */
public final class PageAdmin {
    private final GenericRedisCache pages;
    private final InMemoryCache recent = new InMemoryCache();
    private final List<String> events = new ArrayList<>();

    public PageAdmin(String url) {
        this.pages = new GenericRedisCache(url);
        recent.on(CacheEvent.SET_SUCCESS, (event, key, value) -> events.add(key));
    }

    public boolean ready() {
        return pages.connect() && recent.connect();
    }

    public void see(String path, Object page) {
        recent.set(path, page);
        recent.set(path, page, Duration.ofMinutes(1));
    }

    public boolean seen(String path) {
        return recent.exists(path)
                && recent.lookup(path).isPresent()
                && recent.get(path).isPresent()
                && recent.get(path, Object.class).isPresent()
                && recent.getTtl(path).isPresent();
    }

    public boolean forget(String path) {
        return recent.delete(path);
    }

    public String figures() {
        return pages.stats().backend() + " " + pages.hitRatioPercent() + " " + pages.getKeys().size() + " "
                + pages.getActiveKeys().size() + " " + pages.size() + " " + recent.stats().sets() + " "
                + recent.hitRatioPercent() + " " + recent.getKeys().size() + " " + recent.getActiveKeys().size() + " "
                + recent.size() + " " + events.size();
    }

    public boolean known(String path) {
        return pages.exists(path) || pages.lookup(path).isPresent() || pages.get(path).isPresent();
    }

    public long forgetAll() {
        return recent.invalidatePattern("*", null) + recent.clear(null);
    }

    public void stop() {
        pages.close();
        recent.disconnect();
        recent.close();
    }
}
