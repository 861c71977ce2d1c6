package io.cachemigrator.migrator.data;

import io.cachemigrator.map.translate.LegacyEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Reads legacy entries from Redis over one connection: keys by SCAN, values and expiry in one round trip a batch. */
final class LegacyReader implements AutoCloseable {
    private static final byte[] NOTHING = new byte[0];
    private static final long GONE = -2;

    private final RedisLink link;
    private final String server;

    LegacyReader(RedisLink link) {
        this.link = link;
        this.server = link.info("server").getOrDefault("run_id", "unknown");
    }

    RedisLink link() {
        return link;
    }

    /** Run id of the server; cursors mean nothing to another one. */
    String server() {
        return server;
    }

    /**
     * A page of keys.
     *
     * @param keys keys, some of which may come again in a later page
     * @param next cursor of the next page; "0" = this was the last
     */
    record Page(List<byte[]> keys, String next) {}

    Page scan(String cursor, int count, @Nullable String pattern) {
        ScanParams params = new ScanParams().count(count);
        if (pattern != null) {
            params.match(pattern);
        }
        byte[] from = cursor.getBytes(StandardCharsets.US_ASCII);
        ScanResult<byte[]> result = link.call(redis -> redis.scan(from, params));
        return new Page(result.getResult(), result.getCursor());
    }

    /** Reads entries; one element for each key, in order; null = it is gone. */
    List<@Nullable LegacyEntry> read(List<byte[]> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            Response<List<String>> time = pipeline.time();
            Response<List<byte[]>> values = pipeline.mget(keys.toArray(byte[][]::new));
            List<Response<Long>> ttls = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                ttls.add(pipeline.pttl(key));
            }
            pipeline.sync();
            Instant readAt = instant(time.get());
            List<@Nullable LegacyEntry> entries = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                long ttl = ttls.get(i).get();
                byte[] value = values.get().get(i);
                entries.add(
                        ttl == GONE
                                ? null
                                : value == null
                                        ? foreign(redis, keys.get(i), ttl, readAt)
                                        : new LegacyEntry(keys.get(i), "string", value, ttl, readAt));
            }
            return entries;
        });
    }

    /** A key that exists and has no string: MGET says nothing of it. */
    private static @Nullable LegacyEntry foreign(Jedis redis, byte[] key, long ttl, Instant readAt) {
        String type = redis.type(key);
        return type.equals("none") || type.equals("string") ? null : new LegacyEntry(key, type, NOTHING, ttl, readAt);
    }

    /** Which of the keys exist, in order. */
    List<Boolean> exist(List<byte[]> keys) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<Boolean>> found = keys.stream().map(pipeline::exists).toList();
            pipeline.sync();
            return found.stream().map(Response::get).toList();
        });
    }

    private static Instant instant(List<String> time) {
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1000);
    }

    @Override
    public void close() {
        link.close();
    }
}
