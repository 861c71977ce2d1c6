package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.Wire.bytes;

import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.ClusterCalls.Step;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server that keeps the records knows of a region, and the log there. In a cluster, a change of an entry elsewhere is
 * announced in the log before it is made, and told after it.
 */
final class RedisMeta {
    private static final Known NOTHING = new Known(new RecordCache.Epoch(-1, -1), false);

    private static final long NO_DELETION = -1;
    private static final long NOW = 0;

    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisTime time;
    private final ServerCalls server;
    private final Map<String, Known> regions = new ConcurrentHashMap<>();

    RedisMeta(RedisKeys keys, RedisLink link, RedisTime time, ServerCalls server) {
        this.keys = keys;
        this.link = link;
        this.time = time;
        this.server = server;
    }

    /**
     * What is known of a region.
     *
     * @param copied whether some process keeps copies of its entries
     */
    record Known(RecordCache.Epoch epoch, boolean copied) {
        long latest() {
            return Math.max(epoch.all(), epoch.region());
        }

        private Known withEpoch(RecordCache.Epoch newer) {
            return new Known(newer, copied);
        }
    }

    /** The time of a put that is made now. */
    Stamp stamp(String region) {
        long now = time.micros(System.nanoTime());
        return new Stamp(Math.max(now, last(region).latest() + 1), Math.floorDiv(now, 1_000));
    }

    /** What {@link #learn} wants to know. */
    byte[][] names(String region) {
        return new byte[][] {keys.epoch(""), keys.epoch(region), keys.copies(region)};
    }

    /** As it was when it was learnt last. */
    Known last(String region) {
        return regions.getOrDefault(region, NOTHING);
    }

    /** What to ask beside other questions. */
    Step step(String region) {
        return Step.mget(names(region));
    }

    /** Takes over the values of the keys that {@link #names} names. */
    Known learn(String region, @Nullable Object answer) {
        if (!(answer instanceof List<?> values)) {
            return last(region);
        }
        // a script's answer ends where the first value is missing at the end
        Known known = new Known(
                new RecordCache.Epoch(stampAt(values, 0), stampAt(values, 1)),
                values.size() > 2 && values.get(2) != null);
        Known before = last(region);
        if (!known.equals(before)) {
            regions.put(region, known);
        }
        return known;
    }

    private static long stampAt(List<?> values, int index) {
        return index < values.size() ? Wire.stamp((byte @Nullable []) values.get(index)) : -1;
    }

    /** As it is now. */
    Known ask(String region) throws TierUnavailableException {
        return tell(region, "", List.of());
    }

    /** As it is now, with an announcement of a change if copies are kept. */
    Known fresh(String region, List<String> ids) throws TierUnavailableException {
        return tell(region, LogRecord.PENDING, ids);
    }

    /** As {@link #fresh}; the change is a deletion, which is remembered. */
    Known deleting(String region, List<String> ids) throws TierUnavailableException {
        return tell(region, LogRecord.PENDING, NOW, ids);
    }

    /** The time from which on changes are newer than a load that begins now. */
    long fence(String region, String id) throws TierUnavailableException {
        return (Long) server.run(RedisScript.FENCE, region, server.names(region, 0), List.of(bytes(id)), Repeat.SAFE);
    }

    /** As it is now, or null when the entry of a load was deleted or invalidated since that began. */
    @Nullable
    Known unlessChanged(String region, EntryWrite entry, long sinceMicros) throws TierUnavailableException {
        List<byte[]> own = List.of(bytes(entry.id()), entry.envelope(), bytes(sinceMicros));
        List<?> answer = (List<?>) server.run(RedisScript.SINCE, region, server.names(region, 0), own, Repeat.SAFE);
        Known known = known(region, answer);
        return (Long) answer.get(3) == 1 ? null : known;
    }

    void announceIfCopied(String region, List<String> ids) throws TierUnavailableException {
        if (last(region).copied()) {
            fresh(region, ids);
        }
    }

    /** Tells that an announced change was made. */
    void confirm(String region, Known known, List<String> ids) throws TierUnavailableException {
        if (known.copied()) {
            tell(region, LogRecord.ENTRIES, ids);
        }
    }

    /** Writes a record into the log, if copies are kept, and learns of the region. */
    Known tell(String region, String kind, List<String> ids) throws TierUnavailableException {
        return tell(region, kind, NO_DELETION, ids);
    }

    private Known tell(String region, String kind, long deletedMicros, List<String> ids)
            throws TierUnavailableException {
        List<byte[]> own = new ArrayList<>(2 + ids.size());
        own.add(bytes(kind));
        own.add(bytes(deletedMicros));
        ids.forEach(id -> own.add(bytes(id)));
        return known(region, (List<?>) server.run(RedisScript.META, region, server.names(region, 0), own, Repeat.SAFE));
    }

    private Known known(String region, List<?> answer) {
        Known known =
                new Known(new RecordCache.Epoch((Long) answer.get(0), (Long) answer.get(1)), (Long) answer.get(2) == 1);
        regions.put(region, known);
        return known;
    }

    /** Records an invalidation; what this process writes from now on is newer. */
    List<Long> invalidate(String scope, RedisEntries.Kind kind, List<String> names, long atMicros)
            throws TierUnavailableException {
        List<Long> stamps = server.invalidate(scope, kind, names, atMicros, time.newestSeen());
        long at = stamps.get(0);
        if (scope.isEmpty()) {
            regions.replaceAll((region, known) -> known.withEpoch(new RecordCache.Epoch(
                    Math.max(at, known.epoch().all()), known.epoch().region())));
        } else {
            Known known = last(scope);
            regions.put(
                    scope,
                    known.withEpoch(new RecordCache.Epoch(
                            known.epoch().all(), Math.max(at, known.epoch().region()))));
        }
        return stamps;
    }

    void cleared(String region) throws TierUnavailableException {
        server.run(RedisScript.REMOVE, region, server.names(region, 0), List.of(), Repeat.SAFE);
    }

    void rememberDeletions(String region, List<String> ids, long atMicros) throws TierUnavailableException {
        tell(region, "", atMicros, ids);
    }

    /** For each id when it may have been deleted last; -1 = never. */
    List<Long> deletions(String region, List<String> ids) throws TierUnavailableException {
        List<byte[]> parts = new ArrayList<>(List.of(bytes("*")));
        ids.forEach(id -> parts.add(bytes(partOf(id))));
        List<byte[]> times =
                link.call(redis -> redis.hmget(keys.deleted(region), parts.toArray(byte[][]::new)), Repeat.SAFE);
        List<Long> deletions = new ArrayList<>(ids.size());
        for (int i = 1; i < times.size(); i++) {
            deletions.add(Math.max(Wire.stamp(times.get(0)), Wire.stamp(times.get(i))));
        }
        return deletions;
    }

    /** As {@code records.lua} has it. */
    private static String partOf(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 3);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
