package io.cachemigrator.compat.factory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.compat.testkit.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An entry of the legacy stores as their own writers left it, with what it holds.
 *
 * @param expected {@code decoded} or {@code error}
 */
record FactorySample(String key, String type, JsonNode value, String encoding, long ttlSeconds, JsonNode expected) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static List<FactorySample> all() {
        JsonNode expected = read("/factory-sample-expected.json").get("entries");
        return StreamSupport.stream(read("/factory-sample-keys.json").spliterator(), false)
                .map(entry -> new FactorySample(
                        entry.get("key").textValue(),
                        entry.get("type").textValue(),
                        entry.get("value"),
                        entry.path("encoding").asText(),
                        entry.get("ttlSeconds").asLong(),
                        StreamSupport.stream(expected.spliterator(), false)
                                .filter(each -> each.get("key").equals(entry.get("key")))
                                .findFirst()
                                .orElseThrow()))
                .toList();
    }

    /** The key that opens what is sealed, but for one entry. */
    static String fernetKey() {
        return read("/factory-sample-expected.json").get("key").textValue();
    }

    static String otherFernetKey() {
        return read("/factory-sample-expected.json").get("otherKey").textValue();
    }

    private static JsonNode read(String resource) {
        try (InputStream in = FactorySample.class.getResourceAsStream(resource)) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return encoding.equals("base64")
                ? Base64.getDecoder().decode(value.textValue())
                : value.textValue().getBytes(UTF_8);
    }

    void load(TestRedis redis) {
        switch (type) {
            case "string" -> redis.raw().set(key.getBytes(UTF_8), bytes());
            case "hash" ->
                parse(value.textValue())
                        .properties()
                        .forEach(field -> redis.raw()
                                .hset(key, field.getKey(), field.getValue().asText()));
            case "list" -> parse(value.textValue()).forEach(item -> redis.raw().rpush(key, item.asText()));
            default -> throw new AssertionError("no such type in the sample: " + type);
        }
        if (ttlSeconds > 0) {
            redis.raw().expire(key, ttlSeconds);
        }
    }
}
