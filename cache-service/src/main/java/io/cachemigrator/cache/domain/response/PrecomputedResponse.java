package io.cachemigrator.cache.domain.response;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response that was found. Immutable.
 *
 * @param text what is said, addressed to the customer
 * @param type what kind of answer it is, as it is kept
 * @param confidence 0 to 1: how sure its maker was that it fits
 * @param createdAt when it was made; null when that is not known
 * @param match how it was found
 * @param fields everything kept with it, the text as it is kept included
 */
public record PrecomputedResponse(
        String text,
        String type,
        double confidence,
        @Nullable Instant createdAt,
        Match match,
        Map<String, Object> fields) {

    /** How a response was found. */
    public enum Match {
        /** By the question, letter by letter but for case and surrounding space. */
        QUESTION,
        /** By a pattern that the question matches. */
        PATTERN
    }

    /** Copies. */
    public PrecomputedResponse {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The fields with what a caller of a cache wants to know beside them: its origin, and the time of the look-up. */
    public Map<String, Object> toMap(Instant now) {
        Map<String, Object> map = new LinkedHashMap<>(fields);
        map.put("response", text);
        map.put("from_cache", true);
        map.put("cache_type", "instant");
        map.put("timestamp", now.toString());
        return map;
    }
}
