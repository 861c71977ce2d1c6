package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.Wire.bytes;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.invalidation.RecordCache;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.ClusterCalls.Step;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import io.cachemigrator.cache.tier.redis.RedisMeta.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Runs scripts for single entries of a cluster. A script that meets an entry older than the newest invalidation cannot know
 * whether it was hit: then it changes nothing, the entry is judged here, and the script is run again with the verdict.
 */
final class ClusterScripts {
    private static final int MAX_VERDICTS = 5;
    private static final byte[] NOT_JUDGED = bytes(-1);

    private final RedisKeys keys;
    private final RedisTime time;
    private final ClusterCalls calls;
    private final RecordCache records;
    private final StoredRecords source;
    private final byte[] prefix;

    ClusterScripts(RedisKeys keys, RedisTime time, ClusterCalls calls, RecordCache records, StoredRecords source) {
        this.keys = keys;
        this.time = time;
        this.calls = calls;
        this.records = records;
        this.source = source;
        this.prefix = keys.prefix();
    }

    /** The time by which entries expire, in milliseconds. */
    long millis(long nanos) {
        return Math.floorDiv(time.micros(nanos), 1_000);
    }

    /** A script for an entry that nobody has judged. */
    Step step(RedisScript script, RegionConfig region, String id, Known known, List<byte[]> own) {
        return step(script, region, id, known, NOT_JUDGED, false, own);
    }

    private Step step(
            RedisScript script,
            RegionConfig region,
            String id,
            Known known,
            byte[] judged,
            boolean dead,
            List<byte[]> own) {
        byte[] latest = bytes(known.latest());
        List<byte[]> arguments = new ArrayList<>(7 + own.size());
        arguments.add(prefix);
        arguments.add(bytes(region.name()));
        arguments.add(bytes(time.micros(System.nanoTime())));
        arguments.add(latest);
        arguments.add(latest);
        arguments.add(judged);
        arguments.add(bytes(dead ? 1 : 0));
        arguments.addAll(own);
        return Step.run(script, keys.entry(region.name(), id), arguments);
    }

    /** Runs a script for each id, with the same arguments; the answers in order. */
    List<Object> run(
            RedisScript script, RegionConfig region, List<String> ids, Known known, List<byte[]> own, Repeat repeat)
            throws TierUnavailableException {
        time.keep();
        List<Step> steps =
                ids.stream().map(id -> step(script, region, id, known, own)).toList();
        List<@Nullable Object> answers = calls.make(steps, repeat);
        List<Object> accepted = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            @Nullable Object answer = answers.get(i);
            for (int verdicts = 0; isSuspect(answer) && verdicts < MAX_VERDICTS; verdicts++) {
                answer = runJudged(script, region, ids.get(i), known, own, repeat);
            }
            accepted.add(accepted(answer));
        }
        return accepted;
    }

    private @Nullable Object runJudged(
            RedisScript script, RegionConfig region, String id, Known known, List<byte[]> own, Repeat repeat)
            throws TierUnavailableException {
        @Nullable
        Object stored = calls.make(List.of(Step.get(keys.entry(region.name(), id))), Repeat.SAFE)
                .get(0);
        byte[] judged = NOT_JUDGED;
        boolean dead = false;
        if (stored instanceof byte[] envelope && EnvelopeFormat.isReadable(envelope)) {
            Map<String, byte[]> found = new HashMap<>(Map.of(id, envelope));
            records.removeInvalidated(region.name(), found, known.epoch(), source);
            judged = bytes(EnvelopeFormat.created(envelope));
            dead = found.isEmpty();
        }
        return calls.make(List.of(step(script, region, id, known, judged, dead, own)), repeat)
                .get(0);
    }

    private static boolean isSuspect(@Nullable Object answer) {
        return answer instanceof JedisDataException refused
                && String.valueOf(refused.getMessage()).contains("SUSPECT");
    }

    /** An answer that is no error. */
    Object accepted(@Nullable Object answer) throws TierUnavailableException {
        if (answer instanceof JedisDataException refused) {
            throw new TierUnavailableException(
                    RedisFailure.of(refused).reason(refused, "a server of the cluster"), refused);
        }
        if (answer == null) {
            throw new IllegalStateException("a script answered with nothing");
        }
        return answer;
    }

    /** Removes an entry that is still the one created then; whether it was. */
    boolean removeUnchanged(RegionConfig region, String id, long createdMicros) throws TierUnavailableException {
        Known any = new Known(new RecordCache.Epoch(-1, -1), false);
        Step step = step(RedisScript.CLUSTER_UNCHANGED, region, id, any, List.of(bytes(createdMicros)));
        return (Long) accepted(calls.make(List.of(step), Repeat.NEVER).get(0)) == 1;
    }
}
