package com.example.textlab.answers;

import io.cachemigrator.compat.factory.AiResponseCache;
import io.cachemigrator.compat.factory.LegacyCacheWrapper;
import java.time.Duration;

/** Caches of answers with what they come with. */
final class Defaults {
    private Defaults() {}

    static AiResponseCache plain() {
        return new AiResponseCache();
    }

    static AiResponseCache at(String url) {
        return new AiResponseCache(url);
    }

    static AiResponseCache at(String url, Duration time) {
        return new AiResponseCache(url, time);
    }

    static double hits() {
        try (LegacyCacheWrapper wrapper = LegacyCacheWrapper.createAiCache()) {
            return wrapper.getCacheHitRatio() + wrapper.getCacheStats().hits();
        }
    }
}
