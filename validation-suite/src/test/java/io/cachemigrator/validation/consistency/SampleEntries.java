package io.cachemigrator.validation.consistency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The 53 legacy entries of the bundled sample, and a target to which they were copied. */
final class SampleEntries {
    static final Instant READ_AT = Instant.parse("2026-01-01T00:00:00Z");

    private static final Translator TRANSLATOR =
            Translator.of(MigrationMaps.builtIn("services").orElseThrow(), Map.of());

    private SampleEntries() {}

    static List<LegacyEntry> all() {
        try (InputStream in = SampleEntries.class.getResourceAsStream("/samples/services-sample-keys.json")) {
            List<LegacyEntry> entries = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(in)) {
                long seconds = node.get("ttlSeconds").asLong();
                entries.add(entry(
                        node.get("key").asText(),
                        node.get("type").asText(),
                        value(node),
                        seconds < 0 ? -1 : seconds * 1_000));
            }
            return entries;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static LegacyEntry entry(String key, String type, byte[] value, long ttlMillis) {
        return new LegacyEntry(key.getBytes(StandardCharsets.UTF_8), type, value, ttlMillis, READ_AT);
    }

    static LegacyEntry text(String key, String value) {
        return entry(key, "string", value.getBytes(StandardCharsets.UTF_8), -1);
    }

    private static byte[] value(JsonNode node) {
        if (!node.get("type").asText().equals("string")) {
            return new byte[0];
        }
        String text = node.get("value").asText();
        return node.has("encoding") ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    static Translator translator() {
        return TRANSLATOR;
    }

    /** What a copy leaves in the target, by region and id. */
    static Map<String, Envelope> copied(List<LegacyEntry> entries) {
        Map<String, Envelope> target = new LinkedHashMap<>();
        Map<String, LegacyEntry> byKey = new LinkedHashMap<>();
        entries.forEach(entry -> byKey.put(key(entry), entry));
        for (LegacyEntry entry : entries) {
            if (translator().translate(entry) instanceof Translation.Entry wanted) {
                target.putIfAbsent(place(wanted), envelope(entry, wanted));
            }
        }
        for (LegacyEntry entry : entries) {
            Translation translation = translator().translate(entry);
            if (translation instanceof Translation.FoldIfAbsent fold
                    && !byKey.containsKey(new String(fold.legacyKey(), StandardCharsets.UTF_8))) {
                target.put(place(fold.entry()), envelope(entry, fold.entry()));
            } else if (translation instanceof Translation.CounterMerge merge) {
                LegacyEntry base = byKey.get(new String(merge.legacyCounterKey(), StandardCharsets.UTF_8));
                Translation.Entry sum = MergedCounters.sum(entry, merge, base).orElseThrow();
                target.put(place(sum), envelope(entry, sum));
            }
        }
        return target;
    }

    static Envelope envelope(LegacyEntry entry, Translation.Entry wanted) {
        return Envelope.of(wanted.codec().number(), wanted.payload())
                .withFlags(Envelope.MIGRATED)
                .withDeadline(EntryComparison.deadlineMillis(entry, wanted))
                .withTags(wanted.tags())
                .withMetadata(wanted.metadata());
    }

    static String key(LegacyEntry entry) {
        return new String(entry.key(), StandardCharsets.UTF_8);
    }

    static String place(Translation.Entry entry) {
        return entry.region() + "/" + entry.id();
    }
}
