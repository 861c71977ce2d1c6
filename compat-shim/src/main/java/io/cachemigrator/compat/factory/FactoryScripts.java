package io.cachemigrator.compat.factory;

import java.nio.charset.StandardCharsets;

/** Scripts that change an entry of the layout in one step. */
final class FactoryScripts {
    /**
     * Adds to an integer, with the marker of JSON or bare; nil where there is none. Redis itself adds, as numbers of scripts have
     * 53 bits. A new one stays; one that is there keeps its deadline.
     */
    static final byte[] ADD = ("local old = redis.call('GET', KEYS[1]) local mark, number = 'rawj:', '0' "
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

    private FactoryScripts() {}
}
