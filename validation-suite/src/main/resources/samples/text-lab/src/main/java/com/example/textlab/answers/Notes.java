package com.example.textlab.answers;

import io.cachemigrator.cache.factory.CacheEvent;
import io.cachemigrator.compat.factory.AiResponseCache;
import java.time.Duration;
import java.util.Optional;

/** Notes that lie beside the answers. */
public final class Notes {
    private final AiResponseCache cache;
    private int found;

    public Notes(String url) {
        this.cache = new AiResponseCache(url, Duration.ofMinutes(10));
        cache.on(CacheEvent.GET_SUCCESS, (event, key, value) -> found++);
    }

    public void write(String name, String text, Duration time) {
        cache.set("note:" + name, text);
        if (cache.getTtl("note:" + name).map(left -> left.compareTo(time) < 0).orElse(true)) {
            cache.set("note:" + name, text, time);
        }
    }

    public Optional<String> read(String name) {
        return cache.lookup("note:" + name).isPresent()
                ? cache.get("note:" + name, String.class)
                : Optional.empty();
    }

    public boolean remove(String name) {
        return cache.delete("note:" + name);
    }

    public int found() {
        return found;
    }

    public void close() {
        cache.close();
    }
}
