package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.Wire.bytes;

import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts on the server that keeps the records: the only one, or in a cluster the one of their slot. */
final class ServerCalls {
    private final RedisKeys keys;
    private final RedisLink link;
    private final RedisTime time;
    private final byte[] writer;
    private final byte[] prefix;
    private final byte[] epochOfAll;

    ServerCalls(RedisKeys keys, RedisLink link, RedisTime time, String writer) {
        this.keys = keys;
        this.link = link;
        this.time = time;
        this.writer = bytes(writer);
        this.prefix = keys.prefix();
        this.epochOfAll = keys.epoch("");
    }

    /**
     * Runs a script.
     *
     * @param names of {@link #names}
     * @param own arguments of the script itself
     */
    Object run(RedisScript script, String region, List<byte[]> names, List<byte[]> own, Repeat repeat)
            throws TierUnavailableException {
        time.keep();
        try {
            return link.run(script, names, arguments(region, own), repeat);
        } catch (TierUnavailableException failure) {
            if (!RedisFailure.isLate(failure.getCause())) {
                throw failure;
            }
            // the server's clock was set forward, or was stopped: it has not run the script
            time.ask();
            return link.run(script, names, arguments(region, own), repeat);
        }
    }

    private List<byte[]> arguments(String region, List<byte[]> own) {
        List<byte[]> arguments = new ArrayList<>(4 + own.size());
        arguments.add(prefix);
        arguments.add(bytes(region));
        arguments.add(bytes(time.lastMoment()));
        arguments.add(writer);
        arguments.addAll(own);
        return arguments;
    }

    /** The keys that every script names, with room for more. */
    List<byte[]> names(String region, int more) {
        List<byte[]> names = new ArrayList<>(3 + more);
        names.add(epochOfAll);
        names.add(keys.epoch(region));
        names.add(keys.copies(region));
        return names;
    }

    /** Records an invalidation, as {@link RedisEntries#invalidate} says; what is older than {@code newest} is meant too. */
    List<Long> invalidate(String scope, RedisEntries.Kind kind, List<String> invalidated, long atMicros, long newest)
            throws TierUnavailableException {
        List<byte[]> own = new ArrayList<>(List.of(bytes(kind.word()), bytes(atMicros), bytes(newest)));
        invalidated.forEach(name -> own.add(bytes(name)));
        List<?> answer = (List<?>) run(RedisScript.INVALIDATE, scope, names(scope, 0), own, Repeat.SAFE);
        List<Long> stamps = new ArrayList<>(answer.size());
        answer.forEach(stamp -> stamps.add((Long) stamp));
        return stamps;
    }
}
