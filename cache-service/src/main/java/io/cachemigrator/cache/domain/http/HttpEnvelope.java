package io.cachemigrator.cache.domain.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response with everything that is kept beside it, as one JSON object: {@code response}, {@code cached_at}, {@code etag},
 * {@code tags}, {@code vary_headers}, {@code stale_ttl} and {@code expires}. A keyed store that is asked for this type gives
 * it in this shape, however its layout keeps it. Immutable as long as the tree is left alone.
 *
 * @param tree the object
 * @param compressFrom size of the response in bytes from which a layout that does not compress by itself compresses it
 */
public record HttpEnvelope(JsonNode tree, int compressFrom) {
    private static final Set<String> TIMES = Set.of("cached_at", "expires");

    /** Bytes from which responses are compressed. */
    public static final int COMPRESS_FROM = 1024;

    /** An envelope as it was read. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HttpEnvelope(JsonNode tree) {
        this(tree, COMPRESS_FROM);
    }

    @Override
    @JsonValue
    public JsonNode tree() {
        return tree;
    }

    /** Whether another holds the same, times aside: each layout, and each copy, writes them in its own way. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpEnvelope that && compared().equals(that.compared());
    }

    @Override
    public int hashCode() {
        return compared().hashCode();
    }

    private Map<String, String> compared() {
        Map<String, String> members = new TreeMap<>();
        tree.properties().stream()
                .filter(member -> !TIMES.contains(member.getKey()))
                .forEach(
                        member -> members.put(member.getKey(), member.getValue().toString()));
        return members;
    }
}
