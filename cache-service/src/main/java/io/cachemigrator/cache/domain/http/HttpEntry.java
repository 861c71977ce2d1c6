package io.cachemigrator.cache.domain.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is kept: a JSON object of the response, when it was stored and expires, its entity tag and tags, the
 * request headers that it depends on with their values, and how long it may be served as stale. Migrated responses have the
 * same shape; of some only the first three members are there.
 */
record HttpEntry(
        JsonNode response,
        Instant storedAt,
        @Nullable Instant expires,
        Duration staleTtl,
        String etag,
        List<String> tags,
        Map<String, String> vary) {

    static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    byte[] toBytes() throws JsonProcessingException {
        return JSON.writeValueAsBytes(toTree());
    }

    ObjectNode toTree() {
        ObjectNode entry = JSON.createObjectNode();
        entry.set("response", response);
        entry.put("cached_at", storedAt.toString());
        entry.put("etag", etag);
        entry.set("tags", JSON.valueToTree(tags));
        entry.set("vary_headers", JSON.valueToTree(vary));
        entry.put("stale_ttl", staleTtl.toSeconds());
        entry.put("expires", expires == null ? null : expires.toString());
        return entry;
    }

    /** Reads an entry; null when the bytes are not one. */
    static @Nullable HttpEntry read(byte[] stored) {
        try {
            return of(JSON.readTree(stored));
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Reads an entry; null when the tree is not one. */
    static @Nullable HttpEntry of(JsonNode entry) {
        @Nullable Instant storedAt = instant(entry.path("cached_at"));
        if (!entry.has("response") || storedAt == null) {
            return null;
        }
        List<String> tags = new ArrayList<>();
        entry.path("tags").forEach(tag -> tags.add(tag.asText()));
        Map<String, String> vary = new TreeMap<>();
        entry.path("vary_headers")
                .properties()
                .forEach(header -> vary.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));
        JsonNode response = entry.get("response");
        String etag = entry.path("etag").asText("");
        return new HttpEntry(
                response,
                storedAt,
                instant(entry.path("expires")),
                Duration.ofSeconds(Math.max(0, entry.path("stale_ttl").asLong(0))),
                etag.isEmpty() || etag.equals("null") ? EntityTag.of(bytes(response)) : EntityTag.quoted(etag),
                tags,
                vary);
    }

    static byte[] bytes(JsonNode response) {
        try {
            return JSON.writeValueAsBytes(response);
        } catch (JsonProcessingException unexpected) {
            throw new IllegalStateException("A JSON tree that was read can be written.", unexpected);
        }
    }

    /** A time in UTC; those of older writers have no zone and are in UTC too. */
    private static @Nullable Instant instant(JsonNode node) {
        String text = node.asText("");
        try {
            return text.isEmpty() || text.equals("null")
                    ? null
                    : Instant.parse(text.endsWith("Z") ? text : text.replaceFirst("[+]00:00$", "") + "Z");
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    static ValidationException notEncodable(Throwable cause) {
        return new ValidationException(
                CacheErrorCode.NOT_ENCODABLE,
                "The response cannot be written as JSON. Store a map, a record, or text.",
                Map.of("region", HttpResponseCache.REGION),
                cause);
    }

    /** Whether it may not even be served as stale any more. */
    boolean isOver(Instant now) {
        return expires != null && !now.isBefore(expires.plus(staleTtl));
    }

    boolean isFresh(Instant now) {
        return expires == null || now.isBefore(expires);
    }

    /** Whether it is an answer to a request with these headers. */
    boolean suits(Map<String, String> headers) {
        return vary.entrySet().stream()
                .allMatch(each -> headers.getOrDefault(each.getKey(), "").equals(each.getValue()));
    }
}
