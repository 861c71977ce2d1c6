package io.cachemigrator.compat.store;

import java.nio.charset.StandardCharsets;

/** Scripts that read and change an entry of the legacy layout in one step. */
final class LegacyScripts {
    /** Time in microseconds, time to live in milliseconds, and value, of one moment. */
    static final byte[] STATE = ("local t = redis.call('TIME') local p = redis.call('PTTL', KEYS[1]) "
                    + "return {string.format('%.0f', t[1] * 1000000 + t[2]), p, redis.call('GET', KEYS[1])}")
            .getBytes(StandardCharsets.US_ASCII);

    /** Replaces what is expected by what is wanted; two readings of one deadline may be rounded apart by a millisecond. */
    static final byte[] REPLACE = ("local t = redis.call('TIME') local p = redis.call('PTTL', KEYS[1]) "
                    + "local due = tonumber(ARGV[1]) "
                    + "if p == -2 then if due ~= -2 then return 0 end "
                    + "else if due == -2 or redis.call('GET', KEYS[1]) ~= ARGV[2] then return 0 end "
                    + "if p == -1 then if due ~= -1 then return 0 end "
                    + "elseif math.abs(t[1] * 1000 + math.floor(t[2] / 1000) + p - due) > 2 then return 0 end end "
                    + "if ARGV[3] == '-2' then redis.call('DEL', KEYS[1]) "
                    + "elseif ARGV[3] == '-1' then redis.call('SET', KEYS[1], ARGV[4]) "
                    + "else redis.call('SET', KEYS[1], ARGV[4], 'PXAT', ARGV[3]) end return 1")
            .getBytes(StandardCharsets.US_ASCII);

    private LegacyScripts() {}
}
