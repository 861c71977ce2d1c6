package io.cachemigrator.migrator.data;

import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Reads legacy entries from Redis over one connection: keys by SCAN, values and expiry in a few round trips a batch. */
final class RedisReader implements LegacyReader {
    private static final long GONE = -2;

    private final RedisLink link;
    private final String server;
    private final RedisDeadlines expiry;
    private byte @Nullable [] watched;

    RedisReader(RedisLink link) {
        this.link = link;
        Map<String, String> info = link.info("server");
        this.server = info.getOrDefault("run_id", "unknown");
        String version = info.getOrDefault("valkey_version", info.getOrDefault("redis_version", "0"));
        this.expiry = link.call(redis -> RedisDeadlines.of(redis, version));
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
        return read(keys, Collections.nCopies(keys.size(), null));
    }

    @Override
    public List<@Nullable LegacyEntry> read(List<byte[]> keys, List<@Nullable RedisType> expected) {
        return keys.isEmpty() ? List.of() : link.call(redis -> new RedisEntries(redis, expiry, keys).read(expected));
    }

    @Override
    public boolean readLarge(LegacyEntry entry, Pieces pieces) throws IOException {
        watched = entry.key();
        try {
            return link.call(redis -> {
                try {
                    return new RedisPieces(redis, expiry).read(entry, pieces);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public @Nullable LegacyEntry ifUnchanged(LegacyEntry entry) {
        boolean isWatched = Arrays.equals(watched, entry.key());
        watched = null;
        return isWatched
                ? link.call(redis -> Optional.ofNullable(new RedisPieces(redis, expiry).ifUnchanged(entry)))
                        .orElse(null)
                : null;
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
            List<Response<Long>> ttls =
                    keys.stream().map(key -> expiry.ask(pipeline, key)).toList();
            pipeline.sync();
            Instant now = RedisDeadlines.instant(time.get());
            List<@Nullable Long> deadlines = new ArrayList<>(keys.size());
            for (Response<Long> ttl : ttls) {
                long left = expiry.ttl(ttl.get(), now);
                deadlines.add(left == GONE ? null : Long.valueOf(left < 0 ? NO_DEADLINE : now.toEpochMilli() + left));
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
    public boolean knowsDeadlines() {
        return expiry.exact();
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

    @Override
    public void close() {
        link.close();
    }
}
