package io.cachemigrator.compat.store;

import io.cachemigrator.cache.ClearOutcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * All keys that start with a prefix, and with nothing that a pattern would also match. Read in steps, so that the server serves
 * others meanwhile. Thread safe.
 */
public final class LegacyNamespace {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyNamespace.class);
    private static final int BATCH = 100;
    private static final byte[] TEXT = "string".getBytes(StandardCharsets.US_ASCII);

    private final RedisClient redis;
    private final byte[] prefix;
    private final ScanParams params;
    private final boolean textsOnly;
    private final List<byte[]> others;

    private LegacyNamespace(RedisClient redis, String prefix, boolean textsOnly, Collection<String> others) {
        this.redis = redis;
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        String pattern = prefix.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1") + "*";
        this.params =
                new ScanParams().match(pattern.getBytes(StandardCharsets.UTF_8)).count(BATCH);
        this.textsOnly = textsOnly;
        this.others = others.stream()
                .map(other -> other.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Keys of every type; with an empty prefix, all keys of the database. */
    public static LegacyNamespace of(RedisClient redis, String prefix) {
        return new LegacyNamespace(redis, prefix, false, List.of());
    }

    /**
     * Keys of Redis strings only.
     *
     * @param others what keys start with that are left out, because they are somebody else's
     */
    public static LegacyNamespace ofTexts(RedisClient redis, String prefix, Collection<String> others) {
        return new LegacyNamespace(redis, prefix, true, others);
    }

    /** Removes them, batch by batch; the server frees their memory aside. */
    public ClearOutcome clear() {
        long[] removed = {0};
        try {
            scan(keys -> removed[0] += keys.isEmpty() ? 0 : redis.unlink(keys.toArray(byte[][]::new)));
            return new ClearOutcome(removed[0], true);
        } catch (JedisException e) {
            LOG.warn("Clearing stopped after {} keys: {}", removed[0], LegacyConnection.reason(e));
            return new ClearOutcome(removed[0], false);
        }
    }

    /**
     * All of them that are text: names that are not UTF-8 are none of a legacy application's, and are left out.
     *
     * @throws JedisException if the server does not answer
     */
    public Set<String> keys() {
        Set<String> found = new LinkedHashSet<>();
        scan(keys -> keys.forEach(key -> {
            String name = text(key);
            if (name != null) {
                found.add(name);
            }
        }));
        return found;
    }

    private void scan(Consumer<List<byte[]>> batches) {
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            ScanResult<byte[]> page = textsOnly ? redis.scan(cursor, params, TEXT) : redis.scan(cursor, params);
            batches.accept(page.getResult().stream().filter(this::matches).toList());
            cursor = page.getCursorAsBytes();
        } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
    }

    private static @Nullable String text(byte[] key) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private boolean matches(byte[] key) {
        return startsWith(key, prefix) && others.stream().noneMatch(other -> startsWith(key, other));
    }

    private static boolean startsWith(byte[] key, byte[] start) {
        return key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }
}
