package io.cachemigrator.migrator.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.backup.ContentStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** Legacy data as legacy systems really write them: loading them, and proving that nothing has changed them. */
public final class LegacyData {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEADLINE_TOLERANCE_MS = 1_000;

    private LegacyData() {}

    /**
     * Loads the bundled entries.
     *
     * @param json array of entries with key, type, value, ttlSeconds, encoding
     * @return how many
     */
    public static int load(Jedis redis, InputStream json) {
        try {
            List<Map<String, Object>> entries = JSON.readValue(json, new TypeReference<>() {});
            for (Map<String, Object> entry : entries) {
                load(redis, entry);
            }
            return entries.size();
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled legacy data cannot be read", e);
        }
    }

    private static void load(Jedis redis, Map<String, Object> entry) throws IOException {
        String key = String.valueOf(entry.get("key"));
        String value = String.valueOf(entry.get("value"));
        switch (String.valueOf(entry.get("type"))) {
            case "set" -> redis.sadd(key, JSON.readValue(value, String[].class));
            case "list" -> redis.rpush(key, JSON.readValue(value, String[].class));
            case "hash" -> redis.hset(key, JSON.readValue(value, new TypeReference<Map<String, String>>() {}));
            case "zset" -> {
                Map<String, Double> scores = new HashMap<>();
                JSON.readValue(value, new TypeReference<Map<String, String>>() {})
                        .forEach((member, score) -> scores.put(
                                member, score.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(score)));
                redis.zadd(key, scores);
            }
            default ->
                redis.set(
                        key.getBytes(StandardCharsets.UTF_8),
                        "base64".equals(entry.get("encoding"))
                                ? Base64.getDecoder().decode(value)
                                : value.getBytes(StandardCharsets.UTF_8),
                        SetParams.setParams());
        }
        int ttl = entry.get("ttlSeconds") instanceof Integer seconds ? seconds : -1;
        if (ttl >= 0) {
            redis.expire(key, ttl);
        }
    }

    /** A key with everything that must stay as it is. */
    private record State(String dumpSha256, long deadlineMillis) {}

    /** What a server holds, to the byte. */
    public static final class Snapshot {
        private final Map<String, State> states;

        private Snapshot(Map<String, State> states) {
            this.states = states;
        }

        /** How many keys. */
        public int size() {
            return states.size();
        }

        /** Keys of which this snapshot has another value, type or deadline than an earlier one. */
        public List<String> differences(Snapshot earlier) {
            List<String> different = new ArrayList<>();
            for (Map.Entry<String, State> entry : earlier.states.entrySet()) {
                State now = states.get(entry.getKey());
                State before = entry.getValue();
                boolean same = now != null
                        && now.dumpSha256().equals(before.dumpSha256())
                        && (now.deadlineMillis() < 0) == (before.deadlineMillis() < 0)
                        && Math.abs(now.deadlineMillis() - before.deadlineMillis()) <= DEADLINE_TOLERANCE_MS;
                if (!same) {
                    different.add(entry.getKey());
                }
            }
            states.keySet().stream()
                    .filter(key -> !earlier.states.containsKey(key))
                    .forEach(different::add);
            return different;
        }
    }

    /** Takes a snapshot of a whole server. */
    public static Snapshot snapshot(Jedis redis) {
        Map<String, State> states = new TreeMap<>();
        ScanParams params = new ScanParams().count(1_000);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<byte[]> page = redis.scan(cursor.getBytes(StandardCharsets.US_ASCII), params);
            for (byte[] key : page.getResult()) {
                long ttl = redis.pttl(key);
                List<String> time = redis.time();
                long now = Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
                states.put(
                        new String(key, StandardCharsets.ISO_8859_1),
                        new State(ContentStore.sha256(redis.dump(key)), ttl < 0 ? -1 : now + ttl));
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return new Snapshot(states);
    }
}
