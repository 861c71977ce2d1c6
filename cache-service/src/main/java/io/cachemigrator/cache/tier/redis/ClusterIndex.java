package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.Wire.bytes;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.ClusterCalls.Step;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import io.cachemigrator.cache.tier.redis.RedisMeta.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tag indexes of a cluster. They are with the records, so an entry joins them before it is written: a member without an entry
 * does no harm, an entry that is no member would not be counted.
 */
final class ClusterIndex {
    private final RedisKeys keys;
    private final RedisLink link;
    private final ServerCalls server;
    private final ClusterCalls calls;
    private final ClusterScripts scripts;
    private final StoredRecords source;

    ClusterIndex(
            RedisKeys keys,
            RedisLink link,
            ServerCalls server,
            ClusterCalls calls,
            ClusterScripts scripts,
            StoredRecords source) {
        this.keys = keys;
        this.link = link;
        this.server = server;
        this.calls = calls;
        this.scripts = scripts;
        this.source = source;
    }

    void add(RegionConfig region, List<EntryWrite> entries, long nowMillis) throws TierUnavailableException {
        if (region.tagIndex()) {
            for (EntryWrite entry : entries) {
                add(region, entry.id(), entry.envelope(), EntryWrite.deadline(nowMillis, entry.ttlMillis()));
            }
        }
    }

    /** Keeps the indexes of an entry's tags for as long as it will be kept. */
    void prolong(RegionConfig region, String id, long deadline) throws TierUnavailableException {
        if (region.tagIndex()) {
            Step read = Step.get(keys.entry(region.name(), id));
            if (calls.make(List.of(read), Repeat.SAFE).get(0) instanceof byte[] stored
                    && EnvelopeFormat.isReadable(stored)) {
                add(region, id, stored, deadline);
            }
        }
    }

    private void add(RegionConfig region, String id, byte[] envelope, long deadline) throws TierUnavailableException {
        if (tagsOf(envelope).isEmpty()) {
            return;
        }
        long keptUntil = deadline < 0 ? -1 : deadline + region.staleAllowance().toMillis();
        server.run(
                RedisScript.INDEX,
                region.name(),
                server.names(region.name(), 0),
                List.of(bytes(id), bytes(keptUntil), envelope),
                Repeat.SAFE);
    }

    private static List<String> tagsOf(byte[] envelope) {
        try {
            return EnvelopeFormat.tags(envelope);
        } catch (EnvelopeException damaged) {
            return List.of();
        }
    }

    /** As {@link RedisEntries#sweep}. */
    long sweep(RegionConfig region, String tag, List<byte[]> members, long at, Map<String, Long> earlier, Known known)
            throws TierUnavailableException {
        List<String> ids = members.stream().map(Wire::text).toList();
        List<Step> reads =
                ids.stream().map(id -> Step.get(keys.entry(region.name(), id))).toList();
        List<@Nullable Object> stored = calls.make(reads, Repeat.SAFE);
        Map<String, byte[]> hit = new HashMap<>();
        List<byte[]> useless = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            boolean tagged = stored.get(i) instanceof byte[] envelope
                    && EnvelopeFormat.isReadable(envelope)
                    && tagsOf(envelope).contains(tag);
            boolean newer = tagged && EnvelopeFormat.created((byte[]) stored.get(i)) > at;
            if (tagged && !newer) {
                hit.put(ids.get(i), (byte[]) stored.get(i));
            }
            if (!newer) {
                useless.add(members.get(i));
            }
        }
        long live = removeHit(region, hit, earlier, known);
        if (!useless.isEmpty()) {
            byte[] index = keys.index(region.name(), tag);
            link.call(redis -> redis.srem(index, useless.toArray(byte[][]::new)), Repeat.SAFE);
        }
        return live;
    }

    private long removeHit(RegionConfig region, Map<String, byte[]> hit, Map<String, Long> earlier, Known known)
            throws TierUnavailableException {
        Map<String, byte[]> liveBefore = new HashMap<>(hit);
        // read anew: what is known of the records now is not how they were before
        new RecordCache().removeInvalidated(region.name(), liveBefore, known.epoch(), new Earlier(source, earlier));
        long live = 0;
        long now = System.nanoTime();
        for (Map.Entry<String, byte[]> entry : hit.entrySet()) {
            byte[] envelope = entry.getValue();
            boolean removed = scripts.removeUnchanged(region, entry.getKey(), EnvelopeFormat.created(envelope));
            boolean counts = liveBefore.containsKey(entry.getKey())
                    && !StoredEntry.isTombstone(envelope)
                    && !StoredEntry.isExpired(envelope, scripts.millis(now));
            live += removed && counts ? 1 : 0;
        }
        return live;
    }

    /** The records as they were before some tags were invalidated. */
    private record Earlier(StoredRecords now, Map<String, Long> tags)
            implements RecordCache.Source<TierUnavailableException> {
        @Override
        public Map<String, Long> tags(String region, Set<String> asked) throws TierUnavailableException {
            Map<String, Long> times = new HashMap<>(now.tags(region, asked));
            tags.forEach(times::replace);
            return times;
        }

        @Override
        public Map<String, Long> prefixes(String region) throws TierUnavailableException {
            return now.prefixes(region);
        }
    }
}
