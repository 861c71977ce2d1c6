package io.cachemigrator.cache.tier.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Removes many entries in steps, so that the server answers others in between. */
final class RedisSweep {
    private static final int STEP = 500;

    private final RedisKeys keys;
    private final RedisLink link;

    RedisSweep(RedisKeys keys, RedisLink link) {
        this.keys = keys;
        this.link = link;
    }

    /** Removes every key that starts with these bytes. */
    Cleared clear(byte[] start) {
        long removed = 0;
        try {
            ScanParams params =
                    new ScanParams().match(RedisKeys.patternOf(start)).count(STEP);
            byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
            do {
                byte[] from = cursor;
                ScanResult<byte[]> page = link.call(redis -> redis.scan(from, params), Repeat.SAFE);
                byte[][] found = page.getResult().stream()
                        .filter(key -> startsWith(key, start))
                        .toArray(byte[][]::new);
                if (found.length > 0) {
                    removed += link.call(redis -> redis.unlink(found), Repeat.SAFE);
                }
                cursor = page.getCursorAsBytes();
            } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
            return new Cleared(removed, null);
        } catch (TierUnavailableException down) {
            return new Cleared(removed, down.reason());
        }
    }

    /**
     * A page of the keys that start with these bytes.
     *
     * @param from null for the first page
     */
    Found find(byte[] start, @Nullable String from, int limit) throws TierUnavailableException {
        ScanParams params = new ScanParams().match(RedisKeys.patternOf(start)).count(Math.max(1, limit));
        byte[] cursor = from == null ? ScanParams.SCAN_POINTER_START_BINARY : utf8(from);
        ScanResult<byte[]> page = link.call(redis -> redis.scan(cursor, params), Repeat.SAFE);
        boolean last = Arrays.equals(page.getCursorAsBytes(), ScanParams.SCAN_POINTER_START_BINARY);
        List<byte[]> found =
                page.getResult().stream().filter(key -> startsWith(key, start)).toList();
        return new Found(found, last ? null : page.getCursor());
    }

    /**
     * Keys found.
     *
     * @param next where the next page starts; null = there is none
     */
    record Found(List<byte[]> keys, @Nullable String next) {}

    private static boolean startsWith(byte[] key, byte[] start) {
        return key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }

    /**
     * Removes the entries that an invalidation hit, and counts those that were live.
     *
     * @param stamps the invalidation's time, then for each tag the time of its record before
     */
    Invalidated removeTagged(String region, List<String> tags, List<Long> stamps) throws TierUnavailableException {
        List<byte[]> head = new ArrayList<>(
                List.of(keys.prefix(), utf8(region), utf8(stamps.get(0).toString())));
        List<byte[]> earlier = new ArrayList<>(List.of(utf8(Integer.toString(tags.size()))));
        for (int i = 0; i < tags.size(); i++) {
            earlier.add(utf8(tags.get(i)));
            earlier.add(utf8(stamps.get(i + 1).toString()));
        }
        long hit = 0;
        for (String tag : tags) {
            hit += removeTagged(region, tag, head, earlier);
        }
        return new Invalidated(stamps.get(0), OptionalLong.of(hit));
    }

    private long removeTagged(String region, String tag, List<byte[]> head, List<byte[]> earlier)
            throws TierUnavailableException {
        byte[] index = keys.index(region, tag);
        List<byte[]> names = List.of(keys.epoch(""), keys.epoch(region), index);
        ScanParams params = new ScanParams().count(STEP);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        long hit = 0;
        do {
            byte[] from = cursor;
            ScanResult<byte[]> page = link.call(redis -> redis.sscan(index, from, params), Repeat.SAFE);
            if (!page.getResult().isEmpty()) {
                List<byte[]> arguments = new ArrayList<>(head);
                arguments.add(utf8(tag));
                arguments.addAll(earlier);
                arguments.addAll(page.getResult());
                hit += (Long) link.run(RedisScript.SWEEP, names, arguments, Repeat.NEVER);
            }
            cursor = page.getCursorAsBytes();
        } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
        return hit;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
