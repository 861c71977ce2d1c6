package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Goes through the keys that start alike, page by page, on every server that has some. */
final class RedisScan {
    private static final String START = "0";
    private static final int STEP = 1_000;
    private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final RedisLink link;

    RedisScan(RedisLink link) {
        this.link = link;
    }

    /**
     * Keys found.
     *
     * @param next where the next page starts; null = there is none
     */
    record Page(List<byte[]> keys, @Nullable String next) {}

    /**
     * A page of the keys that start with these bytes.
     *
     * @param from null for the first page
     * @param count about how many keys are looked at
     */
    Page page(byte[] start, @Nullable String from, int count) throws TierUnavailableException {
        ScanParams params = new ScanParams().match(RedisKeys.patternOf(start)).count(Math.max(1, count));
        int at = from == null ? -1 : from.indexOf('@');
        String cursor = from == null ? START : at < 0 ? from : from.substring(0, at);
        @Nullable String server = from == null || at < 0 ? null : from.substring(at + 1);
        Answer answer = link.call(redis -> ask(redis, server, cursor, params), Repeat.SAFE);
        List<byte[]> keys = answer.keys().stream()
                .filter(key ->
                        key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length))
                .toList();
        return new Page(keys, answer.next());
    }

    /**
     * The regions that there are keys of; what belongs to the tier itself is none.
     *
     * @param prefix what every key starts with
     */
    Set<String> regions(byte[] prefix) throws TierUnavailableException {
        Set<String> names = new TreeSet<>();
        @Nullable String from = null;
        do {
            Page page = page(prefix, from, STEP);
            for (byte[] key : page.keys()) {
                String rest = Wire.text(key, prefix.length);
                int colon = rest.indexOf(':');
                if (colon > 0 && REGION.matcher(rest.substring(0, colon)).matches()) {
                    names.add(rest.substring(0, colon));
                }
            }
            from = page.next();
        } while (from != null);
        return names;
    }

    private record Answer(List<byte[]> keys, @Nullable String next) {}

    private static Answer ask(UnifiedJedis redis, @Nullable String server, String cursor, ScanParams params) {
        if (!(redis instanceof RedisClusterClient cluster)) {
            ScanResult<byte[]> page = redis.scan(Wire.bytes(cursor), params);
            return new Answer(page.getResult(), page.isCompleteIteration() ? null : page.getCursor());
        }
        TreeMap<String, ConnectionPool> servers = new TreeMap<>(cluster.getClusterNodes());
        Map.@Nullable Entry<String, ConnectionPool> asked =
                server == null ? servers.firstEntry() : servers.ceilingEntry(server);
        if (asked == null) {
            return new Answer(List.of(), null);
        }
        // a server that has gone since, with its cursor, leaves its keys to another one
        String from = asked.getKey().equals(server) ? cursor : START;
        @Nullable String following = servers.higherKey(asked.getKey());
        @Nullable String afterwards = following == null ? null : START + "@" + following;
        try (Connection connection = asked.getValue().getResource()) {
            Jedis jedis = new Jedis(connection);
            if (from.equals(START) && !"master".equals(jedis.role().get(0))) {
                return new Answer(List.of(), afterwards);
            }
            ScanResult<byte[]> page = jedis.scan(Wire.bytes(from), params);
            return new Answer(
                    page.getResult(),
                    page.isCompleteIteration() ? afterwards : page.getCursor() + "@" + asked.getKey());
        }
    }
}
