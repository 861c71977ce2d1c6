package io.cachemigrator.migrator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.demo.SampleProject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.SetParams;

/** The bundled legacy data, as they are or many times over. */
public final class LegacySample {
    private LegacySample() {}

    /** Loads the 53 entries. */
    public static int load(Jedis redis) {
        try (InputStream data = SampleProject.SERVICES.data()) {
            return LegacyData.load(redis, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Entry(String key, byte[] value, int ttl) {}

    /**
     * Loads about {@code keys} string entries in the mix of the sample: each of its entries over and over, under keys
     * that differ by a suffix. Entries that depend on others, or belong to nobody, are left out.
     */
    public static long loadMany(Jedis redis, long keys) {
        List<Entry> entries = entries();
        long loaded = 0;
        for (int round = 0; loaded < keys; round++) {
            Pipeline pipeline = redis.pipelined();
            for (Entry entry : entries) {
                if (loaded == keys) {
                    break;
                }
                byte[] key = (entry.key() + suffix(entry.key(), round)).getBytes(StandardCharsets.UTF_8);
                if (entry.ttl() < 0) {
                    pipeline.set(key, entry.value());
                } else {
                    pipeline.set(key, entry.value(), SetParams.setParams().ex(entry.ttl() + 86_400L));
                }
                loaded++;
            }
            pipeline.sync();
        }
        return loaded;
    }

    /** Keys that end in a hash keep one. */
    private static String suffix(String key, int round) {
        return key.matches(".*[0-9a-f]{32}") ? "x:" + String.format("%032x", round) : ":" + round;
    }

    private static List<Entry> entries() {
        try (InputStream data = SampleProject.SERVICES.data()) {
            List<Entry> entries = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(data)) {
                String key = node.get("key").asText();
                boolean own = key.startsWith("ngx:")
                        && node.get("type").asText().equals("string")
                        && !key.matches(
                                "ngx:(ngx|metrics|decision|analysis|http_response|tag|http:/api/reports/large).*");
                if (own) {
                    String value = node.get("value").asText();
                    entries.add(new Entry(
                            key,
                            node.path("encoding").asText().equals("base64")
                                    ? Base64.getDecoder().decode(value)
                                    : value.getBytes(StandardCharsets.UTF_8),
                            node.get("ttlSeconds").asInt()));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
