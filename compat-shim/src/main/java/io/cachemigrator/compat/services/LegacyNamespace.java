package io.cachemigrator.compat.services;

import io.cachemigrator.cache.ClearOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** All keys that start with a prefix, and with nothing that a pattern would also match. */
final class LegacyNamespace {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyNamespace.class);
    private static final int BATCH = 100;

    private final RedisClient redis;
    private final byte[] prefix;
    private final ScanParams params;

    LegacyNamespace(RedisClient redis, String prefix) {
        this.redis = redis;
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        String pattern = prefix.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1") + "*";
        this.params =
                new ScanParams().match(pattern.getBytes(StandardCharsets.UTF_8)).count(BATCH);
    }

    /** Deletes them, batch by batch. */
    ClearOutcome clear() {
        long removed = 0;
        try {
            byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
            do {
                ScanResult<byte[]> page = redis.scan(cursor, params);
                byte[][] keys = page.getResult().stream().filter(this::matches).toArray(byte[][]::new);
                removed += keys.length == 0 ? 0 : redis.del(keys);
                cursor = page.getCursorAsBytes();
            } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
            return new ClearOutcome(removed, true);
        } catch (JedisException e) {
            LOG.warn("Clearing stopped after {} keys: {}", removed, LegacyConnection.reason(e));
            return new ClearOutcome(removed, false);
        }
    }

    /**
     * All of them, as text.
     *
     * @throws JedisException if the server does not answer
     */
    Set<String> keys() {
        Set<String> found = new LinkedHashSet<>();
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            ScanResult<byte[]> page = redis.scan(cursor, params);
            page.getResult().stream()
                    .filter(this::matches)
                    .forEach(key -> found.add(new String(key, StandardCharsets.UTF_8)));
            cursor = page.getCursorAsBytes();
        } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
        return found;
    }

    private boolean matches(byte[] key) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
