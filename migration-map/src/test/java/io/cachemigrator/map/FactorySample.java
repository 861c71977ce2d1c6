package io.cachemigrator.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.map.SampleData.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/** The sample of the factory family in the test resources, with what must become of each key. */
public final class FactorySample {
    private FactorySample() {}

    public static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode node : read("/factory-sample-keys.json")) {
            long seconds = node.get("ttlSeconds").longValue();
            JsonNode value = node.get("value");
            samples.add(new Sample(
                    node.get("key").textValue(),
                    node.get("type").textValue(),
                    node.has("encoding")
                            ? Base64.getDecoder().decode(value.textValue())
                            : value.textValue().getBytes(StandardCharsets.UTF_8),
                    seconds < 0 ? -1 : seconds * 1000));
        }
        return samples;
    }

    public static Sample of(String key) {
        return all().stream()
                .filter(sample -> sample.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** What must become of a key: its epoch, its action, and its data or the reason why it has none. */
    public static JsonNode expected(String key) {
        return StreamSupport.stream(
                        read("/factory-sample-expected.json").get("entries").spliterator(), false)
                .filter(node -> node.get("key").textValue().equals(key))
                .findFirst()
                .orElseThrow();
    }

    public static String key() {
        return read("/factory-sample-expected.json").get("key").textValue();
    }

    public static String otherKey() {
        return read("/factory-sample-expected.json").get("otherKey").textValue();
    }

    private static JsonNode read(String resource) {
        try (InputStream in = FactorySample.class.getResourceAsStream(resource)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
