package com.example.textlab.answers;

import io.cachemigrator.compat.factory.AiResponseCache;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Answers of the model, asked for once. */
public final class Answers {
    private final AiResponseCache cache;

    public Answers(String url) {
        this.cache = new AiResponseCache(url, Duration.ofHours(2), 500);
    }

    public Map<String, Object> summary(String text, int length, Supplier<Map<String, Object>> model) {
        Map<String, Object> options = Map.of("max_length", length);
        return cache.getCachedResponse(text, "summarize", options, null).orElseGet(() -> {
            Map<String, Object> answer = model.get();
            cache.cacheResponse(text, "summarize", options, answer, null);
            return answer;
        });
    }

    public boolean answered(String text, String question) {
        // the question is one of the options
        return cache.exists(cache.buildKey(text, "qa", Map.of("question", question)));
    }

    public void answer(String text, String question, Map<String, Object> answer) {
        cache.cacheResponse(text, "qa", Map.of(), answer, question);
    }

    public long forgetOperation(String operation) {
        return cache.invalidateByOperation(operation, "on request");
    }

    public long forgetAbout(String word) {
        return cache.invalidatePattern(word, "on request");
    }

    public long forgetAll() {
        return cache.clear("all");
    }

    public void close() {
        cache.disconnect();
    }
}
