package io.cachemigrator.map.translate;

import io.cachemigrator.map.encoding.JsonObject;
import io.cachemigrator.map.encoding.JsonOutput;
import io.cachemigrator.map.encoding.MarkedGzip;
import io.cachemigrator.map.encoding.PythonBytesLiteral;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings cached HTTP responses into the consolidated envelope. Envelopes that already have its shape stay byte for
 * byte; the older, longer ones are rewritten from their members' own text, and compressed values that were stored as
 * printed bytes are recovered.
 */
final class HttpEnvelope {
    private static final Duration DEFAULT_STALE = Duration.ofHours(1);
    private static final BigDecimal MAX_STALE_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(36_500).toSeconds());
    private static final Set<String> TIME_FIELDS = Set.of("cached_at", "expires");
    private static final int MAX_TAG_LENGTH = 10_000;
    private static final int MAX_TAGS = 1_000;

    private final int maxBytes;

    HttpEnvelope(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Translation translate(EntryDraft draft) {
        JsonObject envelope = JsonObject.parse(draft.json());
        if (envelope == null) {
            return draft.quarantined(QuarantineReason.UNKNOWN_ENVELOPE, "the value is not a map");
        }
        byte[] value = envelope.raw("value");
        if (value != null && envelope.raw("expires_at") != null && envelope.isBoolean("compressed")) {
            return envelope.isTrue("compressed") ? recovered(draft, envelope) : rewritten(draft, envelope, value);
        }
        if (envelope.raw("response") != null && envelope.raw("cached_at") != null) {
            Fidelity fidelity = draft.metadata().isEmpty() ? Fidelity.IDENTICAL : Fidelity.TRANSFORMED;
            return draft.entry(PayloadCodec.JSON, draft.json(), List.of(), fidelity, Set.of());
        }
        return draft.quarantined(
                QuarantineReason.UNKNOWN_ENVELOPE, "the value is a map, but its fields are those of no known envelope");
    }

    private Translation recovered(EntryDraft draft, JsonObject envelope) {
        String literal = envelope.string("value");
        if (literal != null && MarkedGzip.isMarked(literal)) {
            byte[] marked = MarkedGzip.recoverJson(literal, maxBytes);
            return marked == null ? damaged(draft) : rewritten(draft, envelope, marked);
        }
        byte[] value = literal == null ? null : PythonBytesLiteral.recoverJson(literal, maxBytes);
        if (value == null) {
            return damaged(draft);
        }
        return entry(draft.with("legacy.recovered", "printed-gzip"), envelope, value, Fidelity.RECOVERED);
    }

    private static Translation damaged(EntryDraft draft) {
        return draft.quarantined(
                QuarantineReason.UNRECOVERABLE,
                "the compressed response was stored as damaged text, and what is left of it cannot be read");
    }

    private Translation rewritten(EntryDraft draft, JsonObject envelope, byte[] value) {
        return entry(draft, envelope, value, Fidelity.TRANSFORMED);
    }

    private Translation entry(EntryDraft draft, JsonObject envelope, byte[] value, Fidelity fidelity) {
        List<String> tags = tags(envelope);
        if (tags == null) {
            return draft.quarantined(QuarantineReason.UNKNOWN_ENVELOPE, "its tags are not a list of a few short texts");
        }
        Duration stale = stale(envelope);
        OptionalLong remaining = draft.remainingTtlMillis();
        Instant expires = remaining.isEmpty()
                ? null
                : draft.readAt().plusMillis(remaining.getAsLong()).minus(stale);
        JsonOutput out = new JsonOutput(maxBytes);
        out.raw("{").name("response").raw(value);
        out.raw(", ").name("cached_at").string(UtcText.of(cachedAt(draft, envelope, expires)));
        out.raw(", ").name("etag").raw(rawOr(envelope, "etag", "null"));
        writeTags(out.raw(", ").name("tags"), tags);
        out.raw(", ").name("vary_headers").raw(rawOr(envelope, "vary_headers", "{}"));
        out.raw(", ").name("stale_ttl").raw(Long.toString(stale.toSeconds()));
        out.raw(", ").name("expires");
        if (expires == null) {
            out.raw("null");
        } else {
            out.string(UtcText.of(expires));
        }
        out.raw("}");
        return out.overflowed()
                ? draft.quarantined(QuarantineReason.OVERSIZE, "the response is longer than " + maxBytes + " bytes")
                : draft.entry(PayloadCodec.JSON, out.toBytes(), tags, fidelity, TIME_FIELDS);
    }

    private static void writeTags(JsonOutput out, List<String> tags) {
        String separator = "[";
        for (String tag : tags) {
            out.raw(separator).string(tag);
            separator = ", ";
        }
        out.raw(tags.isEmpty() ? "[]" : "]");
    }

    /** When the response was stored: its times have no zone, but the span between them is right in every zone. */
    private static Instant cachedAt(EntryDraft draft, JsonObject envelope, @Nullable Instant expires) {
        Duration life = UtcText.between(envelope.string("created_at"), envelope.string("expires_at"));
        Instant cached = expires == null || life == null ? null : UtcText.minus(expires, life);
        return cached == null || cached.isAfter(draft.readAt()) ? draft.readAt() : cached;
    }

    /** How long the response may be served after it expired; absent and zero mean the legacy default. */
    private static Duration stale(JsonObject envelope) {
        String text = envelope.number("stale_ttl");
        if (text == null || text.length() > 20) {
            return DEFAULT_STALE;
        }
        BigDecimal seconds = new BigDecimal(text);
        boolean usable = seconds.signum() > 0 && seconds.compareTo(MAX_STALE_SECONDS) <= 0;
        return usable ? Duration.ofSeconds(seconds.longValue()) : DEFAULT_STALE;
    }

    private static @Nullable List<String> tags(JsonObject envelope) {
        if (!envelope.has("tags")) {
            return List.of();
        }
        List<String> tags = envelope.strings("tags");
        if (tags == null || tags.size() > MAX_TAGS || !tags.stream().allMatch(HttpEnvelope::isTag)) {
            return null;
        }
        return tags.stream().distinct().toList();
    }

    /** A lone surrogate has no bytes of its own, so two such tags could become one. */
    private static boolean isTag(String tag) {
        return tag.length() <= MAX_TAG_LENGTH
                && StandardCharsets.UTF_8.newEncoder().canEncode(tag);
    }

    private static byte[] rawOr(JsonObject envelope, String name, String absent) {
        byte[] raw = envelope.raw(name);
        return raw == null ? absent.getBytes(StandardCharsets.US_ASCII) : raw;
    }
}
