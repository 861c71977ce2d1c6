package io.cachemigrator.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The sample of legacy data in the test resources. */
public final class SampleData {
    private SampleData() {}

    /** One key of the sample; a value that is no string is kept as the sample writes it. */
    public record Sample(String key, String type, byte[] value, long ttlMillis) {
        @Override
        public String toString() {
            return key;
        }
    }

    public static List<Sample> all() {
        try (InputStream in = SampleData.class.getResourceAsStream("/services-sample-keys.json")) {
            List<Sample> samples = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(in)) {
                String text = node.get("value").textValue();
                boolean base64 = node.has("encoding");
                long seconds = node.get("ttlSeconds").longValue();
                samples.add(new Sample(
                        node.get("key").textValue(),
                        node.get("type").textValue(),
                        base64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8),
                        seconds < 0 ? -1 : seconds * 1000));
            }
            return samples;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static Sample of(String key) {
        return all().stream()
                .filter(sample -> sample.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
