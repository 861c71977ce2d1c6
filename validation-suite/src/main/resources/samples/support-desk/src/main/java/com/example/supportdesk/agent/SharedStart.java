package com.example.supportdesk.agent;

import io.cachemigrator.compat.services.CacheFactory;
import io.cachemigrator.compat.services.HttpCacheService;
import io.cachemigrator.compat.services.ResponsePrecomputationService;
import java.util.Map;

/** Whether the process's cache can be used. */
public final class SharedStart {
    private SharedStart() {}

    public static boolean isUp() {
        return CacheFactory.instance().isPresent();
    }

    public static boolean wasAsked() {
        return CacheFactory.current().isPresent();
    }

    public static boolean isPublished(String path) {
        return new HttpCacheService().get(path, Object.class).isHit();
    }

    public static boolean isAnswered(String question) {
        return new ResponsePrecomputationService().getInstantResponse(question, Map.of()).isPresent();
    }

    public static void stop() {
        CacheFactory.close();
    }
}
