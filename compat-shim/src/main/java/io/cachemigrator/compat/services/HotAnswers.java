package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.response.PrecomputedResponses;
import io.cachemigrator.cache.domain.response.ResponseContext;
import io.cachemigrator.cache.domain.response.ResponsePattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers that are stored before anybody asks, each for a kind of question and of customer, so that no two share a key. */
final class HotAnswers {
    private static final List<String> TIERS = List.of("standard", "essential", "pro", "elite", "prime_premium");
    private static final List<String> PROFESSIONS =
            List.of("general", "executive", "entrepreneur", "consultant", "physician");
    private static final Map<String, String> OBJECTIONS = Map.of(
            "pricing_objection", "A plan can be paid month by month, and changed whenever it does not fit any more.",
            "guarantee_objection", "If the first weeks bring nothing, the fee is paid back.",
            "time_objection", "Twenty minutes on three days of the week are enough to begin with.",
            "thinking_objection", "Take the time; the offer stays as it is while you think it over.",
            "consultation_objection", "Bring whoever decides with you to a short call, and ask together.",
            "competitive_response", "The difference is a coach who sees your figures every week.");
    private static final Map<String, String> INFORMATION = Map.of(
            "info_response", "It is a programme of coaching, measurements and plans for your goals.",
            "explanation_response", "It starts with an assessment; a plan follows, and it is adjusted every week.",
            "features_response", "Coaching, nutrition, exercise and regular measurements are included.",
            "guarantee_response", "There is a guarantee of thirty days.",
            "security_response", "Data is encrypted, and used for the programme only.",
            "cancellation_response", "It can be ended at the close of any month.");

    private final PrecomputedResponses responses;

    HotAnswers(PrecomputedResponses responses) {
        this.responses = responses;
    }

    HotCacheReport store() {
        int pricing = 0;
        for (String tier : TIERS) {
            ResponseContext context = ResponseContext.GENERAL.withCustomer("general", tier);
            String text = "The price of the " + tier + " plan depends on its length; a short call settles it.";
            pricing += store("pricing_response", context, text, Map.of("tier", tier));
        }
        int objections = 0;
        for (Map.Entry<String, String> each : OBJECTIONS.entrySet()) {
            objections +=
                    store(each.getKey(), ResponseContext.GENERAL, each.getValue(), Map.of("objection", each.getKey()));
        }
        int information = 0;
        for (Map.Entry<String, String> each : INFORMATION.entrySet()) {
            information +=
                    store(each.getKey(), ResponseContext.GENERAL, each.getValue(), Map.of("topic", each.getKey()));
        }
        int roi = 0;
        for (String profession : PROFESSIONS) {
            ResponseContext context = ResponseContext.GENERAL.withCustomer(profession, "standard");
            String text = "An hour of your work pays for a week of it; let us reckon with your own figures.";
            roi += store("roi_response", context, text, Map.of("profession", profession));
        }
        int wanted = TIERS.size() + OBJECTIONS.size() + INFORMATION.size() + PROFESSIONS.size();
        return new HotCacheReport(
                pricing, objections, information, roi, wanted - pricing - objections - information - roi);
    }

    private int store(String type, ResponseContext context, String text, Map<String, String> more) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("response", text);
        response.put("type", type);
        response.putAll(more);
        return responses.putForPattern(patternOf(type), context, response, 1) ? 1 : 0;
    }

    private static ResponsePattern patternOf(String type) {
        return ResponsePattern.conversation().stream()
                .filter(pattern -> pattern.type().equals(type))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("There is no pattern " + type + ". Name one that there is."));
    }
}
