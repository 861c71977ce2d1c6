package io.cachemigrator.migrator.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** What lies in a Redis server under the consolidated prefix, read with nothing but the client and the envelope's format. */
public final class TargetEntries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TargetEntries() {}

    /**
     * An entry.
     *
     * @param envelope as stored
     * @param serverDeadlineMillis when the server removes it; -1 = never
     */
    public record Stored(Envelope envelope, long serverDeadlineMillis) {}

    /** Every entry by its key; what the service's own tier keeps for itself is none. */
    public static Map<String, Stored> of(Jedis redis) {
        List<String> keys = keys(redis, "cs:*").stream()
                .filter(key -> !key.startsWith("cs:{!}"))
                .toList();
        Pipeline pipeline = redis.pipelined();
        Response<List<String>> time = pipeline.time();
        List<Response<byte[]>> values = new ArrayList<>();
        List<Response<Long>> left = new ArrayList<>();
        for (String key : keys) {
            values.add(pipeline.get(key.getBytes(StandardCharsets.UTF_8)));
            left.add(pipeline.pttl(key));
        }
        pipeline.sync();
        Map<String, Stored> entries = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            try {
                long ttl = left.get(i).get();
                entries.put(
                        keys.get(i),
                        new Stored(
                                EnvelopeFormat.decode(values.get(i).get()), ttl < 0 ? -1 : millis(time.get()) + ttl));
            } catch (EnvelopeException e) {
                throw new AssertionError("no envelope at " + keys.get(i), e);
            }
        }
        return entries;
    }

    private static long millis(List<String> time) {
        return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
    }

    /** When the server removes a key, in milliseconds since the epoch by its own clock; -1 = never. */
    public static long deadline(Jedis redis, byte[] key) {
        long left = redis.pttl(key);
        return left < 0 ? -1 : millis(redis.time()) + left;
    }

    /** Every key that a pattern matches. */
    public static List<String> keys(Jedis redis, String pattern) {
        java.util.TreeSet<String> keys = new java.util.TreeSet<>();
        ScanParams params = new ScanParams().count(1_000).match(pattern);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, params);
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return List.copyOf(keys);
    }

    /** What two copies of the same legacy entry must have in common, deadlines apart. */
    public static Map<String, String> essence(Map<String, Stored> entries) {
        Map<String, String> essence = new TreeMap<>();
        entries.forEach((key, stored) -> {
            Envelope envelope = stored.envelope();
            Map<String, String> metadata = new HashMap<>(envelope.metadata());
            metadata.remove("cm.run");
            essence.put(
                    key,
                    "codec " + envelope.codec() + ", flags " + envelope.flags() + ", tags " + envelope.tags()
                            + ", metadata " + new TreeMap<>(metadata) + ", payload " + payload(envelope));
        });
        return essence;
    }

    /** Fields that hold the time at which the copy read the entry are left out. */
    private static String payload(Envelope envelope) {
        byte[] payload = envelope.payload();
        if (envelope.codec() == Envelope.CODEC_JSON && payload.length > 0 && payload[0] == '{') {
            try {
                if (JSON.readTree(payload) instanceof ObjectNode object) {
                    object.remove(List.of("cached_at", "expires", "created_at"));
                    return object.toString();
                }
            } catch (IOException e) {
                throw new AssertionError("codec JSON and no JSON", e);
            }
        }
        return HexFormat.of().formatHex(payload);
    }
}
