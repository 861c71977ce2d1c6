package io.cachemigrator.cache.tier.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.Cleared;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.Invalidated;
import io.cachemigrator.cache.tier.Occupancy;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.StoredEntry;
import io.cachemigrator.cache.tier.Tier;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.TierReport;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** Entries on a Redis server, version 6.2 or later. Every change is one script there, so that it is atomic. */
public final class RedisTier implements Tier {
    private static final byte[] EMPTY_COUNTER = EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_JSON, new byte[0]));

    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisSweep sweep;
    private final ServerTime time = new ServerTime();
    private final RecordCache records = new RecordCache();

    /**
     * Connects on first use.
     *
     * @param keyPrefix what every key starts with
     * @param ticker monotonic nanoseconds, for the circuit breaker
     */
    public RedisTier(RedisConfig config, String keyPrefix, LongSupplier ticker) {
        this.keys = new RedisKeys(keyPrefix);
        this.link = new RedisLink(config, ticker);
        this.sweep = new RedisSweep(keys, link);
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public long nowMillis() {
        return time.millis();
    }

    @Override
    public Map<String, byte[]> getAll(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        askTime();
        List<String> asked = List.copyOf(ids);
        byte[][] names = new byte[asked.size() + 2][];
        names[0] = keys.epoch("");
        names[1] = keys.epoch(region.name());
        for (int i = 0; i < asked.size(); i++) {
            names[i + 2] = keys.entry(region.name(), asked.get(i));
        }
        List<byte[]> values = link.call(redis -> redis.mget(names), Repeat.SAFE);
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            byte @Nullable [] stored = values.get(i + 2);
            if (stored != null && !StoredEntry.isTombstone(stored)) {
                found.put(asked.get(i), stored);
            }
        }
        RecordCache.Epoch epoch = new RecordCache.Epoch(stamp(values.get(0)), stamp(values.get(1)));
        records.removeInvalidated(region.name(), found, epoch, new StoredRecords());
        return found;
    }

    private void askTime() throws TierUnavailableException {
        if (time.isDue()) {
            long asked = System.nanoTime();
            Object answer =
                    link.call(redis -> redis.executeCommand(new CommandArguments(Protocol.Command.TIME)), Repeat.SAFE);
            List<String> parts = new ArrayList<>();
            for (Object part : (List<?>) answer) {
                parts.add(new String((byte[]) part, US_ASCII));
            }
            time.read(parts, asked);
        }
    }

    private static long stamp(byte @Nullable [] record) {
        return record == null ? -1 : Long.parseLong(new String(record, US_ASCII));
    }

    @Override
    public PutResult put(RegionConfig region, List<EntryWrite> entries, PutCondition condition)
            throws TierUnavailableException {
        List<byte[]> arguments = arguments(region, condition.name(), stale(region), region.tagIndex() ? "1" : "0");
        for (EntryWrite entry : entries) {
            arguments.add(ascii(entry.ttlMillis()));
            arguments.add(entry.envelope());
        }
        List<String> ids = entries.stream().map(EntryWrite::id).toList();
        Repeat repeat = condition.isUnconditional() ? Repeat.SAFE : Repeat.NEVER;
        List<?> answer = (List<?>) link.run(RedisScript.PUT, scriptKeys(region, ids), arguments, repeat);
        if ((Long) answer.get(0) == 0) {
            return new PutResult.ConditionNotMet();
        }
        long created = (Long) answer.get(1);
        long now = (Long) answer.get(2);
        return new PutResult.Stored(entries.stream()
                .map(entry ->
                        EnvelopeFormat.stamped(entry.envelope(), created, EntryWrite.deadline(now, entry.ttlMillis())))
                .toList());
    }

    @Override
    public long delete(RegionConfig region, Collection<String> ids) throws TierUnavailableException {
        return (Long) link.run(RedisScript.DELETE, scriptKeys(region, ids), arguments(region), Repeat.NEVER);
    }

    @Override
    public boolean exists(RegionConfig region, String id) throws TierUnavailableException {
        List<byte[]> names = scriptKeys(region, List.of(id));
        return (Long) link.run(RedisScript.EXISTS, names, arguments(region), Repeat.SAFE) == 1;
    }

    @Override
    public boolean expire(RegionConfig region, String id, long ttlMillis) throws TierUnavailableException {
        List<byte[]> arguments =
                arguments(region, Long.toString(ttlMillis), stale(region), region.tagIndex() ? "1" : "0");
        return (Long) link.run(RedisScript.EXPIRE, scriptKeys(region, List.of(id)), arguments, Repeat.SAFE) == 1;
    }

    @Override
    public Incremented increment(RegionConfig region, String id, long delta) throws TierUnavailableException {
        List<byte[]> arguments = arguments(region, Long.toString(delta));
        arguments.add(EMPTY_COUNTER);
        List<?> answer =
                (List<?>) link.run(RedisScript.INCREMENT, scriptKeys(region, List.of(id)), arguments, Repeat.NEVER);
        long code = (Long) answer.get(0);
        if (code == 1) {
            return new Incremented.Counted(Long.parseLong(new String((byte[]) answer.get(1), US_ASCII)));
        }
        return code == 2 ? Incremented.OVERFLOW : Incremented.NOT_AN_INTEGER;
    }

    @Override
    public Cleared clear(RegionConfig region, String prefix) {
        return sweep.clear(keys.entry(region.name(), prefix));
    }

    @Override
    public Invalidated invalidateTags(@Nullable RegionConfig region, Collection<String> tags)
            throws TierUnavailableException {
        String scope = region == null ? "" : region.name();
        List<Long> stamps = invalidate(scope, "tag", tags);
        return region != null && region.tagIndex()
                ? sweep.removeTagged(scope, List.copyOf(tags), stamps)
                : new Invalidated(stamps.get(0), OptionalLong.empty());
    }

    @Override
    public Invalidated invalidatePrefix(RegionConfig region, String prefix) throws TierUnavailableException {
        List<Long> stamps = invalidate(region.name(), "prefix", List.of(prefix));
        return new Invalidated(stamps.get(0), OptionalLong.empty());
    }

    private List<Long> invalidate(String scope, String kind, Collection<String> names) throws TierUnavailableException {
        List<byte[]> arguments = new ArrayList<>(List.of(keys.prefix(), utf8(scope), utf8(kind)));
        names.forEach(name -> arguments.add(utf8(name)));
        List<byte[]> epochs = List.of(keys.epoch(""), keys.epoch(scope));
        List<?> answer = (List<?>) link.run(RedisScript.INVALIDATE, epochs, arguments, Repeat.SAFE);
        return answer.stream().map(stamp -> (Long) stamp).toList();
    }

    @Override
    public boolean lease(RegionConfig region, String id, String owner, long millis) throws TierUnavailableException {
        List<byte[]> name = List.of(keys.lease(region.name(), id));
        return (Long) link.run(RedisScript.LEASE, name, List.of(utf8(owner), ascii(millis)), Repeat.SAFE) == 1;
    }

    @Override
    public void release(RegionConfig region, String id, String owner) throws TierUnavailableException {
        link.run(RedisScript.RELEASE, List.of(keys.lease(region.name(), id)), List.of(utf8(owner)), Repeat.SAFE);
    }

    @Override
    public TierPage scan(RegionConfig region, @Nullable String from, int limit) throws TierUnavailableException {
        RedisSweep.Found page = sweep.find(keys.entry(region.name(), ""), from, limit);
        int start = keys.entry(region.name(), "").length;
        List<String> ids = page.keys().stream()
                .map(key -> new String(key, start, key.length - start, UTF_8))
                .distinct()
                .toList();
        return new TierPage(ids.isEmpty() ? Map.of() : getAll(region, ids), page.next());
    }

    @Override
    public TierReport health() {
        return RedisHealth.of(link);
    }

    /** Only a scan of the server could tell. */
    @Override
    public Occupancy occupancy(RegionConfig region) {
        return Occupancy.UNKNOWN;
    }

    @Override
    public void close() {
        link.close();
    }

    private List<byte[]> scriptKeys(RegionConfig region, Collection<String> ids) {
        List<byte[]> names = new ArrayList<>(ids.size() + 2);
        names.add(keys.epoch(""));
        names.add(keys.epoch(region.name()));
        ids.forEach(id -> names.add(keys.entry(region.name(), id)));
        return names;
    }

    private List<byte[]> arguments(RegionConfig region, String... more) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(keys.prefix());
        arguments.add(utf8(region.name()));
        for (String each : more) {
            arguments.add(utf8(each));
        }
        return arguments;
    }

    private static String stale(RegionConfig region) {
        return Long.toString(region.staleAllowance().toMillis());
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    /** The records that the server keeps. */
    private final class StoredRecords implements RecordCache.Source<TierUnavailableException> {
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
                newest.put(asked.get(i), Math.max(stamp(values.get(2 * i)), stamp(values.get(2 * i + 1))));
            }
            return newest;
        }

        @Override
        public Map<String, Long> prefixes(String region) throws TierUnavailableException {
            Map<String, Long> prefixes = new HashMap<>();
            link.call(redis -> redis.hgetAll(keys.prefixes(region)), Repeat.SAFE)
                    .forEach((prefix, at) -> prefixes.put(new String(prefix, UTF_8), stamp(at)));
            return prefixes;
        }
    }
}
