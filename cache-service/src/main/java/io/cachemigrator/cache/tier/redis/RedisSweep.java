package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Removes many entries in steps, so that the server answers others in between. */
final class RedisSweep {
    private static final int STEP = 500;

    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisScan scan;
    private final RedisEntries entries;

    RedisSweep(RedisKeys keys, RedisLink link, RedisScan scan, RedisEntries entries) {
        this.keys = keys;
        this.link = link;
        this.scan = scan;
        this.entries = entries;
    }

    /**
     * Removes every entry of a region whose id starts with a prefix.
     *
     * @param removed told of each step
     */
    void clear(RegionConfig region, String prefix, LongConsumer removed) throws TierUnavailableException {
        byte[] start = keys.entry(region.name(), prefix);
        @Nullable String from = null;
        // first of all, so that what is being loaded is not stored, even if there is nothing to remove
        entries.remove(region, List.of());
        do {
            RedisScan.Page page = scan.page(start, from, STEP);
            if (!page.keys().isEmpty()) {
                removed.accept(entries.remove(region, page.keys()));
            }
            from = page.next();
        } while (from != null);
    }

    /**
     * Removes the entries that an invalidation hit, and counts those that were live.
     *
     * @param stamps the invalidation's time, then for each tag the time of its record before
     */
    Invalidated removeTagged(RegionConfig region, List<String> tags, List<Long> stamps)
            throws TierUnavailableException {
        Map<String, Long> earlier = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            earlier.put(tags.get(i), stamps.get(i + 1));
        }
        long hit = 0;
        for (String tag : tags) {
            hit += removeTagged(region, tag, stamps.get(0), earlier);
        }
        return new Invalidated(stamps.get(0), OptionalLong.of(hit));
    }

    private long removeTagged(RegionConfig region, String tag, long at, Map<String, Long> earlier)
            throws TierUnavailableException {
        byte[] index = keys.index(region.name(), tag);
        ScanParams params = new ScanParams().count(STEP);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        long hit = 0;
        do {
            byte[] from = cursor;
            ScanResult<byte[]> page = link.call(redis -> redis.sscan(index, from, params), Repeat.SAFE);
            if (!page.getResult().isEmpty()) {
                hit += entries.sweep(region, tag, page.getResult(), at, earlier);
            }
            cursor = page.getCursorAsBytes();
        } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
        return hit;
    }
}
