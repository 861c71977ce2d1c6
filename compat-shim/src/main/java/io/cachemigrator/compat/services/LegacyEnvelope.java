package io.cachemigrator.compat.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.domain.http.HttpEnvelope;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.map.encoding.MarkedGzip;
import io.cachemigrator.map.encoding.PythonBytesLiteral;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of the legacy HTTP cache, twelve members around the value, and its translation into the consolidated one and
 * back. Compressed values are marked Base64; the printed bytes that a former service stored by mistake are recovered.
 * Envelopes of another shape stay as they are. Stateless.
 */
final class LegacyEnvelope {
    private static final Duration DEFAULT_STALE = Duration.ofHours(1);

    /** Zones differ by quarters of an hour; what is less is a difference of clocks. */
    private static final Duration SAME_ZONE = Duration.ofMinutes(7);

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    private LegacyEnvelope() {}

    /**
     * The consolidated envelope of a stored text.
     *
     * @param deadline when the entry expires, stale time included; null = never
     * @return null where it is the envelope of no HTTP cache, or its value is damaged
     */
    static @Nullable JsonNode consolidated(byte[] text, @Nullable Instant deadline, Instant readAt) {
        JsonNode stored;
        try {
            stored = KeyedJson.read(text, JsonNode.class);
        } catch (CodecException unreadable) {
            return null;
        }
        if (stored == null || !stored.isObject()) {
            return null;
        }
        boolean legacy = stored.has("value")
                && stored.has("expires_at")
                && stored.path("compressed").isBoolean();
        if (!legacy) {
            return stored.has("response") && stored.has("cached_at") ? stored : null;
        }
        JsonNode value =
                stored.path("compressed").booleanValue() ? recovered(stored.get("value")) : stored.get("value");
        return value == null ? null : consolidated(stored, value, deadline, readAt);
    }

    private static ObjectNode consolidated(
            JsonNode stored, JsonNode value, @Nullable Instant deadline, Instant readAt) {
        long seconds = stored.path("stale_ttl").asLong(0);
        Duration stale = seconds > 0 ? Duration.ofSeconds(seconds) : DEFAULT_STALE;
        Instant expires = deadline == null ? null : deadline.minus(stale);
        LocalDateTime created = local(stored.path("created_at"));
        LocalDateTime until = local(stored.path("expires_at"));
        Instant cached = readAt;
        if (expires != null && until != null && created != null) {
            // these times have no zone: where they were written in another one, only the server's deadline is right
            Instant written = until.atZone(ZoneId.systemDefault()).toInstant();
            expires = Duration.between(written, expires).abs().compareTo(SAME_ZONE) <= 0 ? written : expires;
            Duration life = Duration.between(created, until);
            cached = life.isNegative() ? readAt : expires.minus(life);
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.set("response", value);
        envelope.put("cached_at", cached.toString());
        envelope.set(
                "etag", stored.path("etag").isMissingNode() ? JsonNodeFactory.instance.nullNode() : stored.get("etag"));
        envelope.set("tags", orElse(stored.path("tags"), JsonNodeFactory.instance.arrayNode()));
        envelope.set("vary_headers", orElse(stored.path("vary_headers"), JsonNodeFactory.instance.objectNode()));
        envelope.put("stale_ttl", stale.toSeconds());
        envelope.put("expires", expires == null ? null : expires.toString());
        return envelope;
    }

    private static JsonNode orElse(JsonNode given, JsonNode absent) {
        return given.isContainerNode() ? given : absent;
    }

    private static @Nullable JsonNode recovered(JsonNode value) {
        String text = value.textValue();
        if (text == null) {
            return null;
        }
        byte[] json = MarkedGzip.isMarked(text)
                ? MarkedGzip.recoverJson(text, KeyedJson.MAX_BYTES)
                : PythonBytesLiteral.recoverJson(text, KeyedJson.MAX_BYTES);
        try {
            return json == null ? null : KeyedJson.read(json, JsonNode.class);
        } catch (CodecException unreadable) {
            return null;
        }
    }

    private static @Nullable LocalDateTime local(JsonNode node) {
        String text = node.textValue();
        try {
            return text == null ? null : LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** The legacy text of a consolidated envelope; one without times of its own stays as it is. */
    static Written legacy(String key, HttpEnvelope envelope) {
        JsonNode tree = envelope.tree();
        Instant cached = instant(tree.path("cached_at"));
        Instant expires = instant(tree.path("expires"));
        if (cached == null || expires == null || !tree.has("response") || !tree.has("stale_ttl")) {
            byte[] text = KeyedJson.write(tree);
            return new Written(text, text.length, text.length);
        }
        JsonNode value = tree.get("response");
        byte[] plain = KeyedJson.write(value);
        String compressed = plain.length >= envelope.compressFrom() ? MarkedGzip.of(plain) : "";
        boolean smaller = !compressed.isEmpty() && compressed.length() < plain.length * 9L / 10;
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        stored.put("key", key);
        stored.set("value", smaller ? JsonNodeFactory.instance.textNode(compressed) : value);
        stored.put("created_at", local(cached));
        stored.put("expires_at", local(expires));
        stored.put("last_accessed", local(cached));
        stored.put("access_count", 0);
        stored.set("tags", tree.path("tags"));
        stored.put("compressed", smaller);
        stored.put("size_bytes", plain.length);
        stored.set("etag", tree.path("etag"));
        stored.set("vary_headers", tree.path("vary_headers"));
        stored.set("stale_ttl", tree.get("stale_ttl"));
        int valueBytes = smaller ? compressed.length() : plain.length;
        return new Written(KeyedJson.write(stored), plain.length, valueBytes);
    }

    /**
     * A legacy text.
     *
     * @param plainBytes size of the value as text
     * @param valueBytes its size as it is in the text
     */
    @SuppressWarnings("ArrayRecordComponent") // lives for one write
    record Written(byte[] text, int plainBytes, int valueBytes) {}

    private static String local(Instant instant) {
        return LOCAL.format(LocalDateTime.ofInstant(instant, ZoneId.systemDefault()));
    }

    private static @Nullable Instant instant(JsonNode node) {
        String text = node.textValue();
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** The tags of an envelope of either kind. */
    static List<String> tags(@Nullable JsonNode envelope) {
        List<String> tags = new ArrayList<>();
        if (envelope != null) {
            envelope.path("tags").forEach(tag -> tags.add(tag.asText()));
        }
        return tags;
    }
}
