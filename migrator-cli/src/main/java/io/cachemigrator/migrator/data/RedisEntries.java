package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.encoding.CollectionJson;
import io.cachemigrator.map.translate.LegacyEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads a batch of legacy entries from a Redis server: how large they are, then strings and expiry, then what is a
 * collection, each in one round trip. What would take too much memory is told as large and not read.
 */
final class RedisEntries {
    /** What takes more, as the server counts it, is large. */
    static final long LARGE_BYTES = 2 << 20;

    /** Once a batch has so much, all of its further entries but small ones are large. */
    private static final long BATCH_BYTES = 4 << 20;

    private static final long SMALL_BYTES = 8 << 10;
    /** How many elements the server looks at for the size of a collection. */
    private static final int SAMPLES = 1_000;

    /** What takes less has fewer elements than that, so that its size is exact. */
    private static final long EXACT_BYTES = SAMPLES * 48L;

    private static final long GONE = -2;
    private static final byte[] NOTHING = new byte[0];

    private final Jedis redis;
    private final boolean clustered;
    private final RedisDeadlines expiry;
    private final List<byte[]> keys;
    private final boolean[] large;
    private final long[] sizes;
    private final LegacyEntry[] entries;

    RedisEntries(Jedis redis, boolean clustered, RedisDeadlines expiry, List<byte[]> keys) {
        this.redis = redis;
        this.clustered = clustered;
        this.expiry = expiry;
        this.keys = keys;
        this.large = new boolean[keys.size()];
        this.sizes = new long[keys.size()];
        this.entries = new LegacyEntry[keys.size()];
    }

    /** An element for each key, in order; null = it is gone. */
    List<@Nullable LegacyEntry> read() {
        List<Integer> there = sized();
        if (!there.isEmpty()) {
            collections(strings(there));
        }
        return Arrays.asList(entries);
    }

    /** Which keys exist. */
    private List<Integer> sized() {
        Pipeline pipeline = redis.pipelined();
        List<Response<Long>> replies = asked(keys, key -> pipeline.memoryUsage(key, SAMPLES));
        pipeline.sync();
        List<Integer> there = new ArrayList<>(keys.size());
        long total = 0;
        for (int i = 0; i < replies.size(); i++) {
            Long size = replies.get(i).get();
            if (size != null) {
                there.add(i);
                sizes[i] = size;
                large[i] = isLarge(size, total);
                total += large[i] ? 0 : size;
            }
        }
        return there;
    }

    private static boolean isLarge(long size, long total) {
        return size > LARGE_BYTES || (size > SMALL_BYTES && total + size > BATCH_BYTES);
    }

    /** A key whose value is still to be read, with what its deadline is. */
    private record Open(int place, long ttl, Instant readAt) {}

    private static <T> List<Response<T>> asked(List<byte[]> keys, Function<byte[], Response<T>> command) {
        List<Response<T>> replies = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            replies.add(command.apply(key));
        }
        return replies;
    }

    /** Reads strings; returns what is none, or large. */
    private List<Open> strings(List<Integer> there) {
        Pipeline pipeline = redis.pipelined();
        Response<List<String>> time = pipeline.time();
        List<Response<Long>> ttls = asked(at(there), key -> expiry.ask(pipeline, key));
        List<Supplier<byte @Nullable []>> values = values(pipeline, there);
        pipeline.sync();
        Instant readAt = RedisDeadlines.instant(time.get());
        List<Open> open = new ArrayList<>();
        for (int k = 0; k < there.size(); k++) {
            int place = there.get(k);
            long ttl = expiry.ttl(ttls.get(k).get(), readAt);
            byte[] value = values.get(k).get();
            if (ttl != GONE && value != null) {
                entries[place] = new LegacyEntry(keys.get(place), "string", value, ttl, readAt);
            } else if (ttl != GONE) {
                open.add(new Open(place, ttl, readAt));
            }
        }
        return open;
    }

    private List<byte[]> at(List<Integer> places) {
        List<byte[]> some = new ArrayList<>(places.size());
        places.forEach(place -> some.add(keys.get(place)));
        return some;
    }

    /** One command for all, but where a cluster insists on one slot for each command. */
    private List<Supplier<byte @Nullable []>> values(Pipeline pipeline, List<Integer> there) {
        List<byte[]> small =
                there.stream().filter(i -> !large[i]).map(keys::get).toList();
        List<Supplier<byte @Nullable []>> values = new ArrayList<>(there.size());
        Response<List<byte[]>> all = clustered || small.isEmpty() ? null : pipeline.mget(small.toArray(byte[][]::new));
        int next = 0;
        for (int i : there) {
            if (large[i]) {
                values.add(() -> null);
            } else if (all == null) {
                Response<byte[]> one = pipeline.get(keys.get(i));
                values.add(() -> valueOf(one));
            } else {
                int place = next++;
                values.add(() -> all.get().get(place));
            }
        }
        return values;
    }

    /** Null for what has another type by now. */
    private static <T> @Nullable T valueOf(Response<T> reply) {
        try {
            return reply.get();
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
                return null;
            }
            throw e;
        }
    }

    private void collections(List<Open> open) {
        if (open.isEmpty()) {
            return;
        }
        Pipeline pipeline = redis.pipelined();
        List<Response<String>> types =
                open.stream().map(one -> pipeline.type(keys.get(one.place()))).toList();
        // an answer that rests on a sample may miss a huge element, so that all are looked at
        List<@Nullable Response<Long>> exact = new ArrayList<>(open.size());
        for (Open one : open) {
            boolean sampled = !large[one.place()] && sizes[one.place()] >= EXACT_BYTES;
            exact.add(sampled ? pipeline.memoryUsage(keys.get(one.place()), 0) : null);
        }
        pipeline.sync();
        Map<Open, String> small = new LinkedHashMap<>();
        long total = 0;
        for (int k = 0; k < open.size(); k++) {
            int place = open.get(k).place();
            Response<Long> answer = exact.get(k);
            Long counted = answer == null ? Long.valueOf(sizes[place]) : answer.get();
            long size = counted == null ? 0 : counted;
            String type = types.get(k).get();
            if (type.equals("none") || (type.equals("string") && !large[place])) {
                continue;
            }
            if (large[place] || isLarge(size, total)) {
                entries[place] = unread(open.get(k), type, true);
            } else {
                small.put(open.get(k), type);
                total += size;
            }
        }
        elements(small);
    }

    private LegacyEntry unread(Open open, String type, boolean isLarge) {
        return new LegacyEntry(keys.get(open.place()), type, NOTHING, open.ttl(), open.readAt(), isLarge);
    }

    private void elements(Map<Open, String> types) {
        Pipeline pipeline = redis.pipelined();
        Map<Open, Response<Object>> replies = new LinkedHashMap<>();
        types.forEach((open, type) -> {
            RedisType known = RedisType.named(type);
            Response<Object> reply = known == null ? null : ask(pipeline, known, keys.get(open.place()));
            if (reply == null) {
                entries[open.place()] = unread(open, type, false);
            } else {
                replies.put(open, reply);
            }
        });
        pipeline.sync();
        replies.forEach((open, reply) -> {
            String type = types.getOrDefault(open, "");
            List<byte[]> elements = bytes(valueOf(reply));
            if (!elements.isEmpty()) {
                byte[] json = json(RedisType.named(type), elements);
                entries[open.place()] = new LegacyEntry(keys.get(open.place()), type, json, open.ttl(), open.readAt());
            }
        });
    }

    /** Null for a type whose elements are not read. */
    private static @Nullable Response<Object> ask(Pipeline pipeline, RedisType type, byte[] key) {
        return switch (type) {
            case HASH -> pipeline.sendCommand(Protocol.Command.HGETALL, key);
            case SET -> pipeline.sendCommand(Protocol.Command.SMEMBERS, key);
            case LIST -> pipeline.sendCommand(Protocol.Command.LRANGE, key, ascii("0"), ascii("-1"));
            case ZSET ->
                pipeline.sendCommand(Protocol.Command.ZRANGE, key, ascii("0"), ascii("-1"), ascii("WITHSCORES"));
            case STRING, STREAM -> null;
        };
    }

    @SuppressWarnings("unchecked") // a reply of texts alone
    private static List<byte[]> bytes(@Nullable Object reply) {
        return reply == null ? List.of() : (List<byte[]>) reply;
    }

    private static byte[] json(@Nullable RedisType type, List<byte[]> elements) {
        CollectionJson json = new CollectionJson(type == RedisType.HASH);
        if (type == RedisType.HASH) {
            byte[][][] fields = new byte[elements.size() / 2][][];
            Arrays.setAll(fields, i -> new byte[][] {elements.get(2 * i), elements.get(2 * i + 1)});
            Arrays.sort(fields, (one, other) -> Arrays.compareUnsigned(one[0], other[0]));
            for (byte[][] field : fields) {
                json.field(field[0], field[1]);
            }
        } else if (type == RedisType.ZSET) {
            for (int i = 0; i < elements.size(); i += 2) {
                json.scored(elements.get(i), elements.get(i + 1));
            }
        } else {
            Comparator<byte[]> byBytes = Arrays::compareUnsigned;
            (type == RedisType.SET ? elements.stream().sorted(byBytes) : elements.stream()).forEach(json::element);
        }
        json.end();
        return json.toBytes();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
