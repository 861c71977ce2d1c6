package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Tells the server which regions this process keeps copies of, so that every change of their entries is logged there, by
 * processes too that keep none; changes of other regions cost nothing. The marks expire unless renewed.
 */
final class CopyMarks {
    /** How often a follower of the log renews them. */
    static final Duration RENEWAL = Duration.ofSeconds(10);
    /** How often it looks whether they are there: within the time for which copies are trusted. */
    static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration LIFE = Duration.ofHours(1);

    private final RedisKeys keys;
    private final RedisLink link;
    private final String writer;
    private final Set<String> marked = ConcurrentHashMap.newKeySet();
    private volatile boolean followed;

    CopyMarks(RedisKeys keys, RedisLink link, String writer) {
        this.keys = keys;
        this.link = link;
        this.writer = writer;
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
                link.run(RedisScript.MARK, names(scope), arguments(scope), Repeat.SAFE);
            }
            marked.add(region.name());
        }
    }

    /** Renews the marks; false when one was gone, so that changes may have been made without being logged. */
    boolean renew(UnifiedJedis redis) {
        boolean whole = true;
        for (String scope : scopes()) {
            Object there = redis.eval(RedisScript.MARK.source(), names(scope), arguments(scope));
            whole &= (Long) there == 1;
        }
        return whole;
    }

    /** What is marked: the regions, and, for what is invalidated in all of them, all. */
    private List<String> scopes() {
        List<String> scopes = new ArrayList<>(marked);
        if (!scopes.isEmpty()) {
            scopes.add("");
        }
        return scopes;
    }

    private List<byte[]> names(String scope) {
        return List.of(keys.copies(scope), keys.log());
    }

    private List<byte[]> arguments(String scope) {
        return List.of(Wire.bytes(LIFE.toMillis()), Wire.bytes(writer), Wire.bytes(scope));
    }

    /** Whether they are all there, found out in one step. */
    boolean areThere(UnifiedJedis redis) {
        byte[][] names = scopes().stream().map(keys::copies).toArray(byte[][]::new);
        return names.length == 0 || redis.exists(names) == names.length;
    }
}
