package com.example.supportdesk.conversation;

import io.cachemigrator.compat.services.NgxCacheManager;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Guesses about customers, kept a while. */
public class Predictions {
    private final Function<String, Optional<Map<String, Object>>> roi;
    private final NgxCacheManager cache;

    public Predictions(NgxCacheManager cache) {
        this.cache = cache;
        this.roi = profession -> cache.getRoiCalculation(profession, "all");
    }

    public Map<String, Object> churn(String customer) {
        return cache.getPrediction("churn", customer).orElseGet(() -> compute(customer));
    }

    private Map<String, Object> compute(String customer) {
        Map<String, Object> guess = Map.of("customer", customer, "risk", 0.25);
        cache.setPrediction("churn", customer, guess);
        cache.setTierDetection(customer, "mail", Map.of("tier", "gold"));
        return guess;
    }

    public boolean rate(String profession, double value) {
        return cache.setRoiCalculation(profession, "all", Map.of("value", value));
    }

    public double rating(String profession) {
        return roi.apply(profession)
                .map(found -> ((Number) found.get("value")).doubleValue())
                .orElse(0.0);
    }
}
