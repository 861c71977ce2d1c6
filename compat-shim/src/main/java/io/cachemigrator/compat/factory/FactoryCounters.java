package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.compat.store.LegacyConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.exceptions.JedisException;

/** Counts in the legacy layout, where an integer is JSON like all else. Thread safe. */
final class FactoryCounters {
    /**
     * Adds to an integer, with the marker of JSON or bare, in one step; nil where there is none. Redis itself adds, as numbers of
     * scripts have 53 bits. A new one stays; one that is there keeps its deadline.
     */
    private static final byte[] ADD = ("local old = redis.call('GET', KEYS[1]) local mark, number = 'rawj:', '0' "
                    + "if old then number = old mark = '' "
                    + "if string.sub(old, 1, 5) == 'rawj:' then mark = 'rawj:' number = string.sub(old, 6) end "
                    + "if #number > 20 or not string.match(number, '^%-?%d+$') then return false end end "
                    + "redis.call('SET', KEYS[1], number, 'KEEPTTL') "
                    + "local made = redis.pcall('INCRBY', KEYS[1], ARGV[1]) "
                    + "if type(made) == 'table' and made.err then "
                    + "redis.call('SET', KEYS[1], old, 'KEEPTTL') return false end "
                    + "local sum = redis.call('GET', KEYS[1]) "
                    + "redis.call('SET', KEYS[1], mark .. sum, 'KEEPTTL') return sum")
            .getBytes(StandardCharsets.US_ASCII);

    private final LegacyConnection connection;
    private final boolean sealed;

    /** With {@code sealed}, values are encrypted, and nothing is counted. */
    FactoryCounters(LegacyConnection connection, boolean sealed) {
        this.connection = connection;
        this.sealed = sealed;
    }

    CounterResult add(String key, long delta) {
        if (sealed) {
            return new CounterResult.Refused("values are encrypted, and a store cannot add to what it cannot read");
        }
        try {
            List<byte[]> keys = List.of(key.getBytes(StandardCharsets.UTF_8));
            List<byte[]> arguments = List.of(String.valueOf(delta).getBytes(StandardCharsets.US_ASCII));
            Object sum = connection.once(redis -> redis.eval(ADD, keys, arguments));
            return sum instanceof byte[] digits
                    ? new CounterResult.Counted(Long.parseLong(new String(digits, StandardCharsets.US_ASCII)))
                    : notCounted();
        } catch (JedisException e) {
            return LegacyConnection.isRefusal(e)
                    ? notCounted()
                    : new CounterResult.Unavailable(LegacyConnection.reason(e));
        }
    }

    private static CounterResult notCounted() {
        return new CounterResult.Refused("not a 64-bit integer, or the sum would not be one");
    }
}
