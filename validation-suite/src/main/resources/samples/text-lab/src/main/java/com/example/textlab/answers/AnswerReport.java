package com.example.textlab.answers;

import io.cachemigrator.compat.factory.AiResponseCache;
import java.time.Duration;
import java.util.Map;

/** How the answers are used. */
public final class AnswerReport {
    private final AiResponseCache cache;

    public AnswerReport(String url, Map<String, Duration> times) {
        this.cache = new AiResponseCache(url, Duration.ofHours(1), 1000, 2000, 6, 50, times);
    }

    public AiResponseCache cache() {
        return cache;
    }

    public String text() {
        return "hits " + cache.hitRatioPercent() + " %, operations "
                + cache.performanceSummary().totalOperations() + ", keys "
                + cache.aiPerformanceSummary().keysMade() + ", sizes "
                + cache.textTierStatistics().distribution().size() + ", times of "
                + cache.operationPerformance().operations().size() + ", stored " + cache.stats().sets();
    }

    public int held() {
        return cache.getKeys().size() + cache.getActiveKeys().size() + cache.size();
    }

    public boolean ready() {
        return cache.connect();
    }

    public void close() {
        cache.close();
    }
}
