package io.cachemigrator.migrator.data;

import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Reads legacy entries from Redis over one connection: keys by SCAN, values and expiry in one round trip a batch. */
final class RedisReader implements LegacyReader {
    private static final byte[] NOTHING = new byte[0];
    private static final long GONE = -2;

    private final RedisLink link;
    private final String server;
    private final boolean clustered;

    RedisReader(RedisLink link) {
        this.link = link;
        Map<String, String> info = link.info("server");
        this.server = info.getOrDefault("run_id", "unknown");
        this.clustered = info.getOrDefault("redis_mode", "").equals("cluster");
    }

    RedisLink link() {
        return link;
    }

    /** Run id of the server process: its cursors mean nothing to another one. */
    @Override
    public String identity() {
        return server;
    }

    @Override
    public long nowMillis() {
        return link.serverMillis();
    }

    @Override
    public Page scan(String cursor, int count, @Nullable String pattern) {
        ScanParams params = new ScanParams().count(count);
        if (pattern != null) {
            params.match(pattern);
        }
        byte[] from = cursor.getBytes(StandardCharsets.US_ASCII);
        ScanResult<byte[]> result = link.call(redis -> redis.scan(from, params));
        return new Page(result.getResult(), result.getCursor());
    }

    @Override
    public List<@Nullable LegacyEntry> read(List<byte[]> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            Response<List<String>> time = pipeline.time();
            List<Supplier<byte @Nullable []>> values = values(pipeline, keys);
            List<Response<Long>> ttls = keys.stream().map(pipeline::pttl).toList();
            pipeline.sync();
            Instant readAt = instant(time.get());
            List<@Nullable LegacyEntry> entries = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                long ttl = ttls.get(i).get();
                byte[] value = values.get(i).get();
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

    /** One command for all, but where a cluster insists on one slot for each command. */
    private List<Supplier<byte @Nullable []>> values(Pipeline pipeline, List<byte[]> keys) {
        List<Supplier<byte @Nullable []>> values = new ArrayList<>(keys.size());
        if (clustered) {
            for (byte[] key : keys) {
                Response<byte[]> reply = pipeline.get(key);
                values.add(() -> stringOf(reply));
            }
        } else {
            Response<List<byte[]>> replies = pipeline.mget(keys.toArray(byte[][]::new));
            for (int i = 0; i < keys.size(); i++) {
                int place = i;
                values.add(() -> replies.get().get(place));
            }
        }
        return values;
    }

    private static byte @Nullable [] stringOf(Response<byte[]> reply) {
        try {
            return reply.get();
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
                return null;
            }
            throw e;
        }
    }

    /** A key that exists and has no string: MGET says nothing of it. */
    private static @Nullable LegacyEntry foreign(Jedis redis, byte[] key, long ttl, Instant readAt) {
        String type = redis.type(key);
        return type.equals("none") || type.equals("string") ? null : new LegacyEntry(key, type, NOTHING, ttl, readAt);
    }

    @Override
    public List<Boolean> exist(List<byte[]> keys) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<Boolean>> found = keys.stream().map(pipeline::exists).toList();
            pipeline.sync();
            return found.stream().map(Response::get).toList();
        });
    }

    @Override
    public List<@Nullable Long> deadlines(List<byte[]> keys) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            Response<List<String>> time = pipeline.time();
            List<Response<Long>> ttls = keys.stream().map(pipeline::pttl).toList();
            pipeline.sync();
            long now = instant(time.get()).toEpochMilli();
            List<@Nullable Long> deadlines = new ArrayList<>(keys.size());
            for (Response<Long> ttl : ttls) {
                long left = ttl.get();
                deadlines.add(left == GONE ? null : Long.valueOf(left < 0 ? NO_DEADLINE : now + left));
            }
            return deadlines;
        });
    }

    @Override
    public List<@Nullable Long> sizes(List<byte[]> keys) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<Long>> replies =
                    keys.stream().map(pipeline::memoryUsage).toList();
            pipeline.sync();
            List<@Nullable Long> sizes = new ArrayList<>(keys.size());
            replies.forEach(reply -> sizes.add(reply.get()));
            return sizes;
        });
    }

    @Override
    public @Nullable String evictsByAccess() {
        RedisReadiness readiness = RedisReadiness.of(link, List.of(), "");
        if (readiness.noTouch()) {
            link.call(redis -> redis.clientNoTouchOn());
            return null;
        }
        return readiness.accessTimesEvict() ? readiness.policy() : null;
    }

    private static Instant instant(List<String> time) {
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1000);
    }

    @Override
    public void close() {
        link.close();
    }
}
