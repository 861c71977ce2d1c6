package com.example.supportdesk.conversation;

import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.PrecomputationMetrics;
import io.cachemigrator.compat.services.ResponsePrecomputationService;
import java.time.Duration;
import java.util.Map;

/** Answers that were given before. */
public final class Answers {
    private final NgxCacheManager manager;
    private final ResponsePrecomputationService answers;

    public Answers(NgxCacheManager manager) {
        this.manager = manager;
        this.answers = new ResponsePrecomputationService(manager);
    }

    public String answer(String question, String customer) {
        return answers.getInstantResponse(question, Map.of("customer_name", customer))
                .map(found -> found.text() + " [" + found.type() + "]")
                .orElse("Somebody will call you back");
    }

    public boolean learn(String question, String answer) {
        return answers.cacheConversationResponse(question, Map.of("response", answer), Map.of());
    }

    public String figures() {
        PrecomputationMetrics figures = answers.metrics();
        long found = figures.questionHits() + figures.patternHits();
        return found + " found, " + figures.misses() + " not, " + figures.unavailable() + " unknown, "
                + figures.refused() + " private, rate " + figures.hitRate();
    }

    public boolean remark(String id, String text) {
        // beside the answers, since it belongs to none
        return manager.set("remark:" + id, text) && manager.set("seen:" + id, true, Duration.ofHours(1));
    }

    public String remark(String id) {
        return manager.get("remark:" + id, String.class);
    }

    public boolean forget(String id) {
        return manager.delete("remark:" + id);
    }

    public long forgetEverything() {
        return manager.clearNamespace().removed();
    }
}
