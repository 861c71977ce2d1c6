package io.cachemigrator.cache.maintenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cachemigrator.cache.EntryDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A part of a dump: lines of JSON, the first of which names the region, where listing goes on, and the SHA-256 of the lines
 * after it. The last part of a dump has no region, and counts.
 *
 * @param region region of the entries; null in the last part
 * @param next where the region's listing goes on; null = at its start
 * @param done whether the region's listing has ended
 * @param entries the entries
 * @param total entries in all parts; only in the last part, else -1
 * @param damaged entries that could not be read; only in the last part, else 0
 */
record DumpChunk(
        @Nullable String region,
        @Nullable String next,
        boolean done,
        List<EntryDetails> entries,
        long total,
        long damaged) {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    String toLines() {
        StringBuilder body = new StringBuilder();
        for (EntryDetails entry : entries) {
            body.append(line(entry)).append('\n');
        }
        ObjectNode head = JSON.createObjectNode().put("dump", FORMAT);
        head.put("region", region).put("next", next).put("done", done).put("entries", entries.size());
        if (region == null) {
            head.put("total", total).put("damaged", damaged);
        }
        head.put("sha256", sha256(body.toString()));
        return head + "\n" + body;
    }

    private static String line(EntryDetails entry) {
        ObjectNode line = JSON.createObjectNode().put("id", entry.id()).put("codec", entry.codec());
        line.put("created", entry.created().toString());
        line.put("deadline", entry.deadline() == null ? null : entry.deadline().toString());
        if (!entry.tags().isEmpty()) {
            line.set("tags", JSON.valueToTree(entry.tags()));
        }
        if (!entry.metadata().isEmpty()) {
            line.set("metadata", JSON.valueToTree(entry.metadata()));
        }
        if (entry.nullValue()) {
            line.put("null", true);
        }
        return line.put("payload", entry.payload()).toString();
    }

    /**
     * Reads a part.
     *
     * @throws DumpDamagedException if it is not one, or not what was written
     */
    static DumpChunk read(String lines) throws DumpDamagedException {
        int end = lines.indexOf('\n');
        if (end < 0) {
            throw new DumpDamagedException("a part has no first line");
        }
        try {
            JsonNode head = JSON.readTree(lines.substring(0, end));
            String body = lines.substring(end + 1);
            if (head.path("dump").asInt() != FORMAT) {
                throw new DumpDamagedException("a part is not of format " + FORMAT);
            }
            if (!head.path("sha256").asText().equals(sha256(body))) {
                throw new DumpDamagedException("a part is not what was written: its SHA-256 differs");
            }
            String region = head.path("region").isTextual() ? head.get("region").asText() : null;
            List<EntryDetails> entries = new ArrayList<>();
            for (String line : body.lines().toList()) {
                entries.add(entry(region == null ? "" : region, JSON.readTree(line)));
            }
            return new DumpChunk(
                    region,
                    head.path("next").isTextual() ? head.get("next").asText() : null,
                    head.path("done").asBoolean(),
                    entries,
                    head.path("total").asLong(-1),
                    head.path("damaged").asLong(0));
        } catch (JsonProcessingException unreadable) {
            throw new DumpDamagedException("a line is not JSON");
        } catch (IOException | DateTimeException unreadable) {
            throw new DumpDamagedException("a line does not hold an entry");
        }
    }

    private static EntryDetails entry(String region, JsonNode line) throws IOException, DumpDamagedException {
        List<String> tags = new ArrayList<>();
        line.path("tags").forEach(tag -> tags.add(tag.asText()));
        Map<String, String> metadata = new TreeMap<>();
        line.path("metadata")
                .properties()
                .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
        byte @Nullable [] payload = line.path("payload").binaryValue();
        if (payload == null
                || !line.path("id").isTextual()
                || !line.path("codec").isInt()) {
            throw new DumpDamagedException("a line does not hold an entry");
        }
        JsonNode deadline = line.path("deadline");
        return new EntryDetails(
                region,
                line.get("id").asText(),
                line.get("codec").asInt(),
                "dump",
                payload,
                line.path("null").asBoolean(false),
                false,
                Instant.parse(line.path("created").asText()),
                deadline.isTextual() ? Instant.parse(deadline.asText()) : null,
                tags,
                metadata);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
