package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.response.PrecomputedResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response that a {@link ResponsePrecomputationService} found.
 *
 * @param text what is said, addressed to the customer
 * @param type what kind of answer it is
 * @param fields the response as it was stored, with {@code response} as the text, and {@code from_cache}, {@code cache_type}
 *     and {@code timestamp} added
 * @deprecated use {@link PrecomputedResponse}
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record InstantResponse(String text, String type, Map<String, Object> fields) {

    /** Copies. */
    public InstantResponse {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static InstantResponse of(PrecomputedResponse response, Instant now) {
        return new InstantResponse(response.text(), response.type(), response.toMap(now));
    }
}
