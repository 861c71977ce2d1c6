package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.domain.ai.AiRequest;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes requests of the arguments that caches of answers take. */
public final class AiRequests {
    private static final String QUESTION = "question";

    private AiRequests() {}

    /**
     * A request. A question that stands among the options is the request's question; an empty one there stays an option.
     *
     * @param question null = the one among the options, or none
     * @throws ValidationException if the operation, the text, the options or the question are not as they should be
     */
    public static AiRequest of(String text, String operation, Map<String, ?> options, @Nullable String question) {
        if (text == null || operation == null || options == null) {
            throw refused("Text, operation and options are needed, and one of them is null", operation);
        }
        Map<String, Object> others = new LinkedHashMap<>(options);
        TreeSet<String> odd = new TreeSet<>();
        for (Object name : options.keySet()) {
            if (!(name instanceof String)) {
                odd.add(name == null ? "null" : name.getClass().getName());
            }
        }
        if (!odd.isEmpty()) {
            throw refused("Options are named by text, and one is named by " + odd.first(), operation);
        }
        Object among = others.get(QUESTION);
        if (among != null && !(among instanceof String)) {
            throw refused("The question among the options is no text", operation);
        }
        String asked = question == null || question.isEmpty() ? (String) among : question;
        if (asked != null && !asked.isEmpty()) {
            others.remove(QUESTION);
            return new AiRequest(operation, text, others, asked);
        }
        return new AiRequest(operation, text, others, null);
    }

    private static ValidationException refused(String what, @Nullable String operation) {
        return new ValidationException(
                CacheErrorCode.BAD_ARGUMENT,
                what + ". Correct the call.",
                Map.of("operation", operation == null ? "null" : operation));
    }
}
