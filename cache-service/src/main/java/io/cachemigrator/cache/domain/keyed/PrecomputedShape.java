package io.cachemigrator.cache.domain.keyed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cachemigrator.cache.codec.CodecException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a response as a precomputed one: its text, a confidence and the time of creation for readers of precomputed
 * responses, and the whole value as {@code payload}, so that nothing of it is lost.
 */
final class PrecomputedShape {
    private static final String PAYLOAD = "payload";
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;

    PrecomputedShape(Clock clock) {
        this.clock = clock;
    }

    ObjectNode wrap(Object value) {
        JsonNode payload = KeyedJson.tree(value);
        JsonNode confidence = payload.path("confidence");
        JsonNode created = payload.path("created_at");
        ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
        wrapped.set("response", payload.isObject() ? payload.get("response") : payload);
        wrapped.set("confidence", confidence.isNumber() ? confidence : JsonNodeFactory.instance.numberNode(1.0));
        wrapped.put("created_at", created.isTextual() ? created.textValue() : UTC.format(clock.instant()));
        wrapped.set(PAYLOAD, payload);
        return wrapped;
    }

    /** The value that was wrapped; an entry that has none, since another writer made it, is a value by itself. */
    <T> @Nullable T unwrap(byte[] text, Class<T> type) throws CodecException {
        JsonNode stored = KeyedJson.read(text, JsonNode.class);
        JsonNode value = stored != null && stored.has(PAYLOAD) ? stored.get(PAYLOAD) : stored;
        return value == null || value.isNull() ? null : KeyedJson.fromTree(value, type);
    }
}
