package io.cachemigrator.cache.factory;

import java.time.Duration;

/** A cache for web requests: half an hour, 200 entries in memory, compressed from 2,000 bytes on. Not thread safe. */
public final class WebCacheSpec extends CacheSpec<WebCacheSpec> {
    WebCacheSpec() {
        super("web_app", "redis://redis:6379", Duration.ofMinutes(30), 200, 2_000, 6);
    }

    @Override
    WebCacheSpec self() {
        return this;
    }
}
