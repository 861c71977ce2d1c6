package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.Wire.bytes;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
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
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/** Entries on one server: every change is one script there, and so atomic. */
final class ServerEntries implements RedisEntries {
    static final byte[] EMPTY_COUNTER = EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_JSON, new byte[0]));
    private static final byte[] YES = bytes("1");
    static final byte[] NO = bytes("0");
    /** Of a put that is no load. */
    static final LoadFence NO_FENCE = new LoadFence(-1, LoadFence.ABSENT);

    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisTime time;
    private final ServerCalls calls;
    private final RedisMeta meta;
    private final byte[] epochOfAll;
    private final RecordCache records = new RecordCache();
    private final StoredRecords source;

    ServerEntries(RedisKeys keys, RedisLink link, RedisTime time, ServerCalls calls) {
        this.keys = keys;
        this.link = link;
        this.time = time;
        this.calls = calls;
        this.meta = new RedisMeta(keys, link, time, calls);
        this.epochOfAll = keys.epoch("");
        this.source = new StoredRecords(keys, link);
    }

    @Override
    public Map<String, byte[]> getAll(RegionConfig region, List<String> ids) throws TierUnavailableException {
        time.keep();
        byte[][] names = new byte[ids.size() + 2][];
        names[0] = epochOfAll;
        names[1] = keys.epoch(region.name());
        for (int i = 0; i < ids.size(); i++) {
            names[i + 2] = keys.entry(region.name(), ids.get(i));
        }
        List<byte[]> values = link.call(redis -> redis.mget(names), Repeat.SAFE);
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            byte @Nullable [] stored = values.get(i + 2);
            if (stored != null && !StoredEntry.isTombstone(stored)) {
                time.seen(stored);
                found.put(ids.get(i), stored);
            }
        }
        RecordCache.Epoch epoch = new RecordCache.Epoch(Wire.stamp(values.get(0)), Wire.stamp(values.get(1)));
        records.removeInvalidated(region.name(), found, epoch, source);
        return found;
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> entries, PutCondition condition)
            throws TierUnavailableException {
        if (!condition.isUnconditional() || region.tagIndex()) {
            return putIf(region, entries, condition, NO_FENCE);
        }
        boolean told = condition != PutCondition.LOADED;
        List<byte[]> stored = set(region, entries, told);
        if (EnvelopeFormat.created(stored.get(0)) <= meta.last(region.name()).latest()) {
            // an invalidation that was not known yet would hide what is written after it
            stored = set(region, entries, told);
        }
        return new PutResult.Stored(stored);
    }

    private List<byte[]> set(RegionConfig region, List<EntryWrite> entries, boolean told)
            throws TierUnavailableException {
        time.keep();
        Stamp stamp = meta.stamp(region.name());
        time.seen(stamp.createdMicros());
        List<byte[]> stored = stamp.on(entries);
        boolean tells = told && meta.last(region.name()).copied();
        if (entries.size() > 1 || tells || entries.get(0).ttlMillis() == EntryWrite.NO_EXPIRY) {
            setByScript(region, entries, stored, told);
        } else {
            setPlainly(region, entries.get(0), stored.get(0), told);
        }
        return stored;
    }

    private void setByScript(RegionConfig region, List<EntryWrite> entries, List<byte[]> stored, boolean told)
            throws TierUnavailableException {
        List<byte[]> names = calls.names(region.name(), entries.size());
        List<byte[]> own = new ArrayList<>(1 + 2 * entries.size());
        own.add(told ? YES : NO);
        for (int i = 0; i < entries.size(); i++) {
            EntryWrite entry = entries.get(i);
            names.add(keys.entry(region.name(), entry.id()));
            own.add(bytes(Stamp.life(region, entry.ttlMillis())));
            own.add(stored.get(i));
        }
        meta.learn(region.name(), calls.run(RedisScript.SET, region.name(), names, own, Repeat.SAFE));
    }

    /**
     * The way of most puts, of a third of the cost: nobody is known to keep copies. When somebody turns out to, he is told
     * afterwards, and from then on in the same step. A relative expiry tells when a server has really run it.
     */
    private void setPlainly(RegionConfig region, EntryWrite entry, byte[] stored, boolean told)
            throws TierUnavailableException {
        byte[] name = keys.entry(region.name(), entry.id());
        SetParams life = SetParams.setParams().px(Stamp.life(region, entry.ttlMillis()));
        byte[][] asked = meta.names(region.name());
        List<byte[]> answer = link.call(
                redis -> {
                    try (AbstractPipeline pipeline = redis.pipelined()) {
                        Response<String> set = pipeline.set(name, stored, life);
                        Response<List<byte[]>> known = pipeline.mget(asked);
                        pipeline.sync();
                        set.get();
                        return known.get();
                    }
                },
                Repeat.SAFE);
        if (meta.learn(region.name(), answer).copied() && told) {
            meta.tell(region.name(), LogRecord.ENTRIES, List.of(entry.id()));
        }
    }

    @Override
    public long fence(RegionConfig region, String id) throws TierUnavailableException {
        return meta.fence(region.name(), id);
    }

    @Override
    public PutResult putLoaded(RegionConfig region, EntryWrite entry, PutCondition condition, LoadFence fence)
            throws TierUnavailableException {
        return putIf(region, List.of(entry), condition, fence);
    }

    private PutResult putIf(RegionConfig region, List<EntryWrite> entries, PutCondition condition, LoadFence fence)
            throws TierUnavailableException {
        List<byte[]> own = new ArrayList<>(5 + 2 * entries.size());
        own.add(bytes(condition.name()));
        own.add(stale(region));
        own.add(region.tagIndex() ? YES : NO);
        own.add(bytes(fence.sinceMicros()));
        own.add(bytes(fence.seenMicros()));
        List<String> ids = new ArrayList<>(entries.size());
        for (EntryWrite entry : entries) {
            ids.add(entry.id());
            own.add(bytes(entry.ttlMillis()));
            own.add(entry.envelope());
        }
        Repeat repeat = condition.isUnconditional() ? Repeat.SAFE : Repeat.NEVER;
        List<?> answer = (List<?>) run(RedisScript.PUT_IF, region, ids, own, repeat);
        if ((Long) answer.get(0) == 0) {
            return new PutResult.ConditionNotMet();
        }
        long created = (Long) answer.get(1);
        time.seen(created);
        return new PutResult.Stored(new Stamp(created, (Long) answer.get(2)).on(entries));
    }

    @Override
    public List<Boolean> apply(RegionConfig region, List<TimedWrite> writes) throws TierUnavailableException {
        List<byte[]> own = new ArrayList<>(2 + writes.size());
        own.add(stale(region));
        own.add(region.tagIndex() ? YES : NO);
        List<String> ids = new ArrayList<>(writes.size());
        for (TimedWrite write : writes) {
            ids.add(write.id());
            own.add(write.envelope());
        }
        // repeated, what was made the first time counts as not made: it is as new
        List<?> answer = (List<?>) run(RedisScript.APPLY, region, ids, own, Repeat.NEVER);
        return answer.stream().map(made -> (Long) made == 1).toList();
    }

    @Override
    public long delete(RegionConfig region, List<String> ids) throws TierUnavailableException {
        return (Long) run(RedisScript.DELETE, region, ids, List.of(), Repeat.NEVER);
    }

    @Override
    public boolean exists(RegionConfig region, String id) throws TierUnavailableException {
        return (Long) run(RedisScript.EXISTS, region, List.of(id), List.of(), Repeat.SAFE) == 1;
    }

    @Override
    public boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException {
        List<byte[]> own = List.of(bytes(ttlMillis), stale(region), region.tagIndex() ? YES : NO);
        return (Long) run(RedisScript.EXPIRE, region, List.of(id), own, Repeat.SAFE) == 1;
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException {
        List<byte[]> own = List.of(bytes(delta), EMPTY_COUNTER);
        return incremented((List<?>) run(RedisScript.INCREMENT, region, List.of(id), own, Repeat.NEVER));
    }

    /** What a script says of an increment. */
    static Incremented incremented(List<?> answer) {
        long code = (Long) answer.get(0);
        if (code == 1) {
            return new Incremented.Counted(Long.parseLong(Wire.text(answer.get(1))));
        }
        return code == 2 ? Incremented.OVERFLOW : Incremented.NOT_AN_INTEGER;
    }

    @Override
    public List<Long> invalidate(String scope, Kind kind, List<String> names, long atMicros)
            throws TierUnavailableException {
        return meta.invalidate(scope, kind, names, atMicros);
    }

    @Override
    public long sweep(RegionConfig region, String tag, List<byte[]> ids, long at, Map<String, Long> earlier)
            throws TierUnavailableException {
        List<byte[]> names = calls.names(region.name(), 1);
        names.add(keys.index(region.name(), tag));
        List<byte[]> own = new ArrayList<>(List.of(bytes(at), bytes(tag), bytes(earlier.size())));
        earlier.forEach((name, before) -> {
            own.add(bytes(name));
            own.add(bytes(before));
        });
        own.addAll(ids);
        return (Long) calls.run(RedisScript.SWEEP, region.name(), names, own, Repeat.NEVER);
    }

    @Override
    public long remove(RegionConfig region, List<byte[]> found) throws TierUnavailableException {
        List<byte[]> names = calls.names(region.name(), found.size());
        names.addAll(found);
        return (Long) calls.run(RedisScript.REMOVE, region.name(), names, List.of(), Repeat.SAFE);
    }

    @Override
    public void replay(RegionConfig region, List<HeldWrite> writes) throws TierUnavailableException {
        List<byte[]> own = new ArrayList<>(List.of(stale(region), region.tagIndex() ? YES : NO));
        List<String> ids = new ArrayList<>(writes.size());
        for (HeldWrite write : writes) {
            ids.add(write.id());
            own.addAll(replayed(region, write, time));
        }
        run(RedisScript.REPLAY, region, ids, own, Repeat.SAFE);
    }

    /** The arguments of one write that was held back. */
    static List<byte[]> replayed(RegionConfig region, HeldWrite write, RedisTime time) {
        byte @Nullable [] envelope = write.envelope();
        long created = envelope == null ? time.latestMicros(write.nanos()) : time.micros(write.nanos());
        long deadline = EntryWrite.deadline(created / 1_000, write.ttlMillis());
        HeldWrite.@Nullable Sent sent = write.sent();
        return List.of(
                bytes(created),
                bytes(deadline),
                envelope == null ? new byte[0] : envelope,
                bytes(sent == null ? -1 : time.micros(sent.nanos())),
                bytes(sent == null ? -1 : Stamp.life(region, sent.ttlMillis())));
    }

    private Object run(RedisScript script, RegionConfig region, Collection<String> ids, List<byte[]> own, Repeat repeat)
            throws TierUnavailableException {
        List<byte[]> names = calls.names(region.name(), ids.size());
        ids.forEach(id -> names.add(keys.entry(region.name(), id)));
        return calls.run(script, region.name(), names, own, repeat);
    }

    static byte[] stale(RegionConfig region) {
        return bytes(region.staleAllowance().toMillis());
    }
}
