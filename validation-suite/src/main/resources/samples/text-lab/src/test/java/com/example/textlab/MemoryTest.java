package com.example.textlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.textlab.ops.AnyCache;
import com.example.textlab.ops.MemoryView;
import com.example.textlab.ops.SecurityPage;
import com.example.textlab.ops.Tuned;
import io.cachemigrator.compat.factory.CacheInterface;
import io.cachemigrator.compat.factory.InMemoryCache;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void aCacheInMemoryIsEnoughForATest() {
        try (InMemoryCache cache = new InMemoryCache()) {
            cache.set("k", 1);
            assertEquals(1, cache.get("k").orElseThrow());
        }
        try (InMemoryCache cache = new InMemoryCache(Duration.ofMinutes(1), 3, Clock.systemUTC())) {
            cache.set("k", 1);
            assertTrue(cache.exists("k"));
        }
    }

    @Test
    void whatOnlyTheOldCachesTell() {
        SecurityPage page = new SecurityPage(RedisUrl.get());
        assertTrue(page.text().contains("LOW"));
        page.close();
        MemoryView view = new MemoryView(RedisUrl.get());
        assertTrue(view.text().endsWith("of 100 []"));
        view.close();
        assertEquals("hits 0.0", Tuned.hits(RedisUrl.get()));
        assertEquals("memory", Tuned.backend(Map.of("CACHE_TYPE", "memory")));
    }

    @Test
    void whatAnyCacheCanDo() {
        AnyCache any = new AnyCache(Map.of("CACHE_TYPE", "memory", "CACHE_SIZE", "10"));
        assertTrue(any.roundTrip("k"));
        assertTrue(any.figures().startsWith("3 100.0 []"));
        assertEquals(0, any.empty());
        any.stop();
    }

    @Test
    void theEnvironmentDecides() {
        CacheInterface cache = TextLab.cacheOf(Map.of("CACHE_TYPE", "memory"));
        cache.set("a", 1);
        assertTrue(cache.exists("a"));
        cache.delete("a");
    }
}
