package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The invalidation records that are kept on a server. */
final class StoredRecords implements RecordCache.Source<TierUnavailableException> {
    private final RedisKeys keys;
    private final RedisLink link;

    StoredRecords(RedisKeys keys, RedisLink link) {
        this.keys = keys;
        this.link = link;
    }

    @Override
    public Map<String, Long> tags(String region, Set<String> tags) throws TierUnavailableException {
        List<String> asked = List.copyOf(tags);
        byte[][] names = new byte[asked.size() * 2][];
        for (int i = 0; i < asked.size(); i++) {
            names[2 * i] = keys.tag(region, asked.get(i));
            names[2 * i + 1] = keys.tag("", asked.get(i));
        }
        List<byte[]> values = link.call(redis -> redis.mget(names), Repeat.SAFE);
        Map<String, Long> newest = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            newest.put(asked.get(i), Math.max(Wire.stamp(values.get(2 * i)), Wire.stamp(values.get(2 * i + 1))));
        }
        return newest;
    }

    @Override
    public Map<String, Long> prefixes(String region) throws TierUnavailableException {
        Map<String, Long> prefixes = new HashMap<>();
        for (String scope : List.of(region, "")) {
            link.call(redis -> redis.hgetAll(keys.prefixes(scope)), Repeat.SAFE)
                    .forEach((prefix, at) -> prefixes.merge(Wire.text(prefix), Wire.stamp(at), Math::max));
        }
        return prefixes;
    }
}
