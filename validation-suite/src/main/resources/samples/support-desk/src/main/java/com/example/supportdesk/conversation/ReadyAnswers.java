package com.example.supportdesk.conversation;

import io.cachemigrator.compat.services.HotCacheReport;
import io.cachemigrator.compat.services.InstantResponse;
import io.cachemigrator.compat.services.NgxCacheManager;
import io.cachemigrator.compat.services.ResponsePrecomputationService;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;

/** The answers that the old library brings along. */
public final class ReadyAnswers {
    private final ResponsePrecomputationService answers;

    public ReadyAnswers(NgxCacheManager manager) {
        this.answers = new ResponsePrecomputationService(manager);
    }

    public int prepare() {
        HotCacheReport report = answers.initializeHotCache();
        return report.total();
    }

    public ScheduledFuture<?> keepReady(ScheduledExecutorService scheduler) {
        return answers.startBackgroundWarming(scheduler);
    }

    public Map<String, Object> everythingAbout(String question) {
        return answers.getInstantResponse(question, Map.of())
                .map(InstantResponse::fields)
                .orElse(Map.of());
    }

    public String figures() {
        return answers.metrics().lookups() + " asked, " + answers.metrics().totalKeys() + " ready, "
                + answers.metrics().responseTime();
    }
}
