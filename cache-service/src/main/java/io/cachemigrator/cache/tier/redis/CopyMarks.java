package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * Tells the server which regions this process keeps copies of, so that every change of their entries is logged there, by
 * processes too that keep none; changes of other regions cost nothing. The marks expire unless renewed.
 */
final class CopyMarks {
    /** How often a follower of the log renews them. */
    static final Duration RENEWAL = Duration.ofSeconds(10);

    private static final Duration LIFE = Duration.ofHours(1);
    private static final byte[] MARK = Wire.bytes("1");

    private final RedisKeys keys;
    private final RedisLink link;
    private final Set<String> marked = ConcurrentHashMap.newKeySet();
    private volatile boolean followed;

    CopyMarks(RedisKeys keys, RedisLink link) {
        this.keys = keys;
        this.link = link;
    }

    /** From now on somebody listens to changes. */
    void follow() {
        followed = true;
    }

    /** Whether this process keeps copies of a region, and needs to be told of changes. */
    boolean areKept(RegionConfig region) {
        @Nullable TierPolicy tiers = region.tiers();
        return followed && tiers != null && tiers.usesMemory();
    }

    /** Marks a region, before the first of its entries is read that might be kept. */
    void ensure(RegionConfig region) throws TierUnavailableException {
        if (areKept(region) && !marked.contains(region.name())) {
            for (String scope : List.of("", region.name())) {
                link.call(redis -> redis.set(keys.copies(scope), MARK, life()), Repeat.SAFE);
            }
            marked.add(region.name());
        }
    }

    /** Renews the marks; false when one was gone, so that changes may have been made without being logged. */
    boolean renew(UnifiedJedis redis) {
        boolean whole = true;
        for (String region : marked) {
            for (String scope : List.of("", region)) {
                whole &= redis.setGet(keys.copies(scope), MARK, life()) != null;
            }
        }
        return whole;
    }

    private static SetParams life() {
        return SetParams.setParams().px(LIFE.toMillis());
    }
}
