package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.Wire.bytes;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.LoadFence;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.TimedWrite;
import io.cachemigrator.cache.tier.redis.ClusterCalls.Step;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import io.cachemigrator.cache.tier.redis.RedisMeta.Known;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a cluster. An entry's change is one script where the entry is; the records of invalidations are together on one
 * server, by whose clock entries are stamped. So bulk changes are atomic for each entry, not together.
 */
final class ClusterEntries implements RedisEntries {
    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisTime time;
    private final RedisMeta meta;
    private final ClusterCalls calls;
    private final ClusterScripts scripts;
    private final ClusterIndex index;
    private final RecordCache records = new RecordCache();
    private final StoredRecords source;

    ClusterEntries(RedisKeys keys, RedisLink link, RedisTime time, ServerCalls server) {
        this.keys = keys;
        this.link = link;
        this.time = time;
        this.calls = new ClusterCalls(link);
        this.source = new StoredRecords(keys, link);
        this.meta = new RedisMeta(keys, link, time, server);
        this.scripts = new ClusterScripts(keys, time, calls, records, source);
        this.index = new ClusterIndex(keys, link, server, calls, scripts, source);
    }

    @Override
    public Map<String, byte[]> getAll(RegionConfig region, List<String> ids) throws TierUnavailableException {
        time.keep();
        List<Step> steps = new ArrayList<>(ids.size() + 1);
        ids.forEach(id -> steps.add(Step.get(keys.entry(region.name(), id))));
        steps.add(meta.step(region.name()));
        List<@Nullable Object> answers = calls.make(steps, Repeat.SAFE);
        Known known = meta.learn(region.name(), answers.get(ids.size()));
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            // a key of another type answers with an error, and is nothing that can be read
            if (answers.get(i) instanceof byte[] stored && !StoredEntry.isTombstone(stored)) {
                time.seen(stored);
                found.put(ids.get(i), stored);
            }
        }
        records.removeInvalidated(region.name(), found, known.epoch(), source);
        return found;
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> entries, PutCondition condition)
            throws TierUnavailableException {
        List<String> ids = entries.stream().map(EntryWrite::id).toList();
        boolean told = condition != PutCondition.LOADED;
        if (!condition.isUnconditional()) {
            return putIf(region, entries, ids, condition);
        }
        if (told) {
            meta.announceIfCopied(region.name(), ids);
        }
        PutResult.Stored stored = putAll(region, entries);
        Known known = meta.last(region.name());
        if (EnvelopeFormat.created(stored.envelopes().get(0)) <= known.latest()) {
            // an invalidation that was not known yet would hide what is written after it
            stored = putAll(region, entries);
        }
        if (told && known.copied()) {
            meta.tell(region.name(), LogRecord.ENTRIES, ids);
        }
        return stored;
    }

    /** Puts whatever is there, and learns of the records in the same round trip. */
    private PutResult.Stored putAll(RegionConfig region, List<EntryWrite> entries) throws TierUnavailableException {
        time.keep();
        index.add(region, entries, time.millis());
        Stamp stamp = meta.stamp(region.name());
        time.seen(stamp.createdMicros());
        List<byte[]> stored = stamp.on(entries);
        List<Step> steps = new ArrayList<>(entries.size() + 1);
        for (int i = 0; i < entries.size(); i++) {
            EntryWrite entry = entries.get(i);
            byte[] name = keys.entry(region.name(), entry.id());
            steps.add(Step.set(name, stored.get(i), Stamp.life(region, entry.ttlMillis())));
        }
        steps.add(meta.step(region.name()));
        List<@Nullable Object> answers = calls.make(steps, Repeat.SAFE);
        meta.learn(region.name(), answers.get(entries.size()));
        for (int i = 0; i < entries.size(); i++) {
            scripts.accepted(answers.get(i));
        }
        return new PutResult.Stored(stored);
    }

    private byte[] stored(EntryWrite entry, List<?> answer) {
        long created = (Long) answer.get(1);
        time.seen(created);
        return EnvelopeFormat.stamped(
                entry.envelope(), created, EntryWrite.deadline((Long) answer.get(2), entry.ttlMillis()));
    }

    private static List<byte[]> putArguments(
            RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence) {
        return List.of(
                bytes(condition.name()),
                ServerEntries.stale(region),
                ServerEntries.NO,
                bytes(fence.sinceMicros()),
                bytes(fence.seenMicros()),
                bytes(entry.ttlMillis()),
                entry.envelope());
    }

    /** All are looked at before the first is put, and each once more when it is put: between them others may come. */
    private PutResult putIf(RegionConfig region, List<EntryWrite> entries, List<String> ids, PutCondition condition)
            throws TierUnavailableException {
        Known known = meta.fresh(region.name(), ids);
        if (entries.size() > 1) {
            List<Object> there = scripts.run(RedisScript.CLUSTER_EXISTS, region, ids, known, List.of(), Repeat.SAFE);
            long wanted = condition == PutCondition.IF_PRESENT ? 1 : 0;
            if (!there.stream().allMatch(answer -> (Long) answer == wanted)) {
                return new PutResult.ConditionNotMet();
            }
        }
        index.add(region, entries, time.millis());
        List<byte[]> stored = new ArrayList<>(entries.size());
        for (EntryWrite entry : entries) {
            List<byte[]> own = putArguments(region, entry, condition, ServerEntries.NO_FENCE);
            List<?> answer = (List<?>)
                    scripts.run(RedisScript.CLUSTER_PUT_IF, region, List.of(entry.id()), known, own, Repeat.NEVER)
                            .get(0);
            if ((Long) answer.get(0) == 0) {
                return new PutResult.ConditionNotMet();
            }
            stored.add(stored(entry, answer));
        }
        meta.confirm(region.name(), known, ids);
        return new PutResult.Stored(stored);
    }

    @Override
    public List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) throws TierUnavailableException {
        List<String> ids = writes.stream().map(TimedWrite::id).toList();
        Known known = meta.fresh(region.name(), ids);
        List<Boolean> made = new ArrayList<>(writes.size());
        List<Step> steps = new ArrayList<>(writes.size());
        for (TimedWrite write : writes) {
            List<byte[]> own = List.of(ServerEntries.stale(region), ServerEntries.NO, write.envelope());
            steps.add(scripts.step(RedisScript.CLUSTER_APPLY, region, write.id(), known, own));
        }
        for (Object answer : calls.make(steps, Repeat.NEVER)) {
            made.add((Long) ((List<?>) scripts.accepted(answer)).get(0) == 1);
        }
        meta.confirm(region.name(), known, ids);
        return made;
    }

    @Override
    public long fence(RegionConfig region, String id) throws TierUnavailableException {
        return meta.fence(region.name(), id);
    }

    /**
     * The memory of deletions is on another server: it is asked before, and once more after, as what was deleted in between
     * must not come back.
     */
    @Override
    public PutResult putLoaded(RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence)
            throws TierUnavailableException {
        List<String> ids = List.of(entry.id());
        @Nullable Known known = meta.unlessChanged(region.name(), entry, fence.sinceMicros());
        if (known == null) {
            return new PutResult.ConditionNotMet();
        }
        index.add(region, List.of(entry), time.millis());
        List<byte[]> own = putArguments(region, entry, condition, fence);
        List<?> answer = (List<?>) scripts.run(RedisScript.CLUSTER_PUT_IF, region, ids, known, own, Repeat.NEVER)
                .get(0);
        if ((Long) answer.get(0) == 0) {
            return new PutResult.ConditionNotMet();
        }
        if (meta.unlessChanged(region.name(), entry, fence.sinceMicros()) == null) {
            scripts.removeUnchanged(region, entry.id(), fence.sinceMicros());
            meta.tell(region.name(), LogRecord.ENTRIES, ids);
            return new PutResult.ConditionNotMet();
        }
        if (condition != PutCondition.LOADED) {
            meta.confirm(region.name(), known, ids);
        }
        return new PutResult.Stored(List.of(stored(entry, answer)));
    }

    @Override
    public long delete(RegionConfig region, List<String> ids) throws TierUnavailableException {
        Known known = meta.deleting(region.name(), ids);
        long removed = 0;
        for (Object answer : scripts.run(RedisScript.CLUSTER_DELETE, region, ids, known, List.of(), Repeat.NEVER)) {
            removed += (Long) answer;
        }
        meta.confirm(region.name(), known, ids);
        return removed;
    }

    @Override
    public boolean exists(RegionConfig region, String id) throws TierUnavailableException {
        Known known = meta.ask(region.name());
        return (Long) scripts.run(RedisScript.CLUSTER_EXISTS, region, List.of(id), known, List.of(), Repeat.SAFE)
                        .get(0)
                == 1;
    }

    @Override
    public boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException {
        List<String> ids = List.of(id);
        Known known = meta.fresh(region.name(), ids);
        index.prolong(region, id, EntryWrite.deadline(time.millis(), ttlMillis));
        List<byte[]> own = List.of(bytes(ttlMillis), ServerEntries.stale(region), ServerEntries.NO);
        Object changed = scripts.run(RedisScript.CLUSTER_EXPIRE, region, ids, known, own, Repeat.SAFE)
                .get(0);
        meta.confirm(region.name(), known, ids);
        return (Long) changed == 1;
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException {
        List<String> ids = List.of(id);
        Known known = meta.fresh(region.name(), ids);
        List<byte[]> own = List.of(bytes(delta), ServerEntries.EMPTY_COUNTER);
        Object answer = scripts.run(RedisScript.CLUSTER_INCREMENT, region, ids, known, own, Repeat.NEVER)
                .get(0);
        meta.confirm(region.name(), known, ids);
        return ServerEntries.incremented((List<?>) answer);
    }

    @Override
    public List<Long> invalidate(String scope, Kind kind, List<String> names, long atMicros)
            throws TierUnavailableException {
        return meta.invalidate(scope, kind, names, atMicros);
    }

    @Override
    public long sweep(RegionConfig region, String tag, List<byte[]> ids, long at, Map<String, Long> earlier)
            throws TierUnavailableException {
        return index.sweep(region, tag, ids, at, earlier, meta.ask(region.name()));
    }

    @Override
    public long remove(RegionConfig region, List<byte[]> names) throws TierUnavailableException {
        // remembered before, so that no load stores what it has read until now; and told after
        meta.cleared(region.name());
        if (names.isEmpty()) {
            return 0;
        }
        long removed = link.call(redis -> redis.unlink(names.toArray(byte[][]::new)), Repeat.SAFE);
        meta.cleared(region.name());
        return removed;
    }

    @Override
    public void replay(RegionConfig region, List<HeldWrite> writes) throws TierUnavailableException {
        List<String> ids = writes.stream().map(HeldWrite::id).toList();
        Known known = meta.fresh(region.name(), ids);
        List<Long> deletedBefore = meta.deletions(region.name(), ids);
        List<Step> steps = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            HeldWrite write = writes.get(i);
            List<byte[]> own = new ArrayList<>(List.of(ServerEntries.stale(region), ServerEntries.NO));
            own.addAll(ServerEntries.replayed(region, write, time));
            own.add(bytes(deletedBefore.get(i)));
            steps.add(scripts.step(RedisScript.CLUSTER_REPLAY, region, write.id(), known, own));
            if (write.envelope() == null) {
                meta.rememberDeletions(region.name(), List.of(write.id()), time.latestMicros(write.nanos()));
            }
        }
        for (Object answer : calls.make(steps, Repeat.SAFE)) {
            scripts.accepted(answer);
        }
        undoIfDeletedSince(region, writes, ids, deletedBefore);
        meta.confirm(region.name(), known, ids);
    }

    /** The memory of deletions is on another server: what was deleted while writes were made is removed after them. */
    private void undoIfDeletedSince(
            RegionConfig region, List<HeldWrite> writes, List<String> ids, List<Long> deletedBefore)
            throws TierUnavailableException {
        List<Long> deletedAfter = meta.deletions(region.name(), ids);
        for (int i = 0; i < ids.size(); i++) {
            if (writes.get(i).envelope() != null && !deletedAfter.get(i).equals(deletedBefore.get(i))) {
                scripts.removeUnchanged(
                        region, ids.get(i), time.micros(writes.get(i).nanos()));
            }
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
