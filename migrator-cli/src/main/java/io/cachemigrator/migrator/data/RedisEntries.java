package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.encoding.CollectionJson;
import io.cachemigrator.map.translate.LegacyEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads a batch of legacy entries from a Redis server: their types, then what is short, expiry, and how large the rest is, then
 * the rest, each in one round trip. What would take too much memory is told as large and not read. Used once.
 */
final class RedisEntries {
    /** What takes more, as the server counts it, is large. */
    static final long LARGE_BYTES = 2 << 20;

    /** Once a batch has so much, all of its further entries but small ones are large. */
    private static final long BATCH_BYTES = 4 << 20;

    private static final int SMALL_BYTES = 8 << 10;
    /** How many elements the server looks at for the size of a collection. */
    private static final int SAMPLES = 1_000;

    /** What takes less has fewer elements than that, so that its size is exact. */
    private static final long EXACT_BYTES = SAMPLES * 48L;

    private static final long GONE = -2;
    private static final byte[] NOTHING = new byte[0];
    private static final Rawable USAGE = RedisBatch.argument(ascii("USAGE"));
    private static final Rawable SAMPLED = RedisBatch.argument(ascii("SAMPLES"));
    private static final Rawable SOME = RedisBatch.argument(ascii(String.valueOf(SAMPLES)));
    private static final Rawable ALL = RedisBatch.argument(ascii("0"));
    private static final Rawable FIRST = RedisBatch.argument(ascii("0"));
    private static final Rawable LAST = RedisBatch.argument(ascii("-1"));
    private static final Rawable LAST_OF_SMALL = RedisBatch.argument(ascii(String.valueOf(SMALL_BYTES - 1)));
    private static final Rawable SCORES = RedisBatch.argument(ascii("WITHSCORES"));

    private final Jedis redis;
    private final RedisDeadlines expiry;
    private final List<byte[]> keys;
    private final List<Rawable> arguments;
    private final LegacyEntry[] entries;
    private final List<Integer> changed = new ArrayList<>();
    private long total;

    RedisEntries(Jedis redis, RedisDeadlines expiry, List<byte[]> keys) {
        this.redis = redis;
        this.expiry = expiry;
        this.keys = keys;
        this.arguments = RedisBatch.arguments(keys);
        this.entries = new LegacyEntry[keys.size()];
    }

    /**
     * Reads them.
     *
     * @param expected the type that each is likely to have, which is not asked for then; null = nobody knows
     * @return an element for each key, in order; null = it is gone
     */
    List<@Nullable LegacyEntry> read(List<@Nullable RedisType> expected) {
        List<Open> open = looked(typed(expected));
        if (!open.isEmpty()) {
            rest(sized(open));
        }
        if (!changed.isEmpty()) {
            again();
        }
        return Arrays.asList(entries);
    }

    /** What has another type than was expected, or than it had a moment ago, is read as what it is now. */
    private void again() {
        List<byte[]> some = changed.stream().map(keys::get).toList();
        List<@Nullable LegacyEntry> now =
                new RedisEntries(redis, expiry, some).read(Collections.nCopies(some.size(), null));
        for (int i = 0; i < changed.size(); i++) {
            entries[changed.get(i)] = now.get(i);
        }
    }

    private boolean isLarge(long size) {
        return size > LARGE_BYTES || (size > SMALL_BYTES && total + size > BATCH_BYTES);
    }

    /** A key that exists. */
    private record Typed(int place, String name, @Nullable RedisType type) {
        boolean isText() {
            return type == RedisType.STRING;
        }

        boolean isCollection() {
            return type != null && type != RedisType.STRING && type != RedisType.STREAM;
        }
    }

    /** A key whose value is still to be read, with what its deadline is, and its size where that is known. */
    private record Open(Typed key, long ttl, Instant readAt, long size) {
        int place() {
            return key.place();
        }

        boolean isSized() {
            return size >= 0;
        }

        Open ofSize(long bytes) {
            return new Open(key, ttl, readAt, bytes);
        }
    }

    private List<Typed> typed(List<@Nullable RedisType> expected) {
        RedisBatch batch = new RedisBatch(redis);
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i) == null) {
                batch.send(Protocol.Command.TYPE, arguments.get(i));
            }
        }
        Iterator<Object> replies = batch.replies().iterator();
        List<Typed> typed = new ArrayList<>(keys.size());
        for (int i = 0; i < expected.size(); i++) {
            RedisType known = expected.get(i);
            String name = known == null
                    ? new String((byte[]) RedisBatch.present(replies.next()), US_ASCII)
                    : known.toString();
            if (!name.equals("none")) {
                typed.add(new Typed(i, name, RedisType.named(name)));
            }
        }
        return typed;
    }

    /** Reads texts that are short, and expiry after that, so that what was deleted before is not taken for an empty text. */
    private List<Open> looked(List<Typed> typed) {
        RedisBatch batch = new RedisBatch(redis);
        batch.send(Protocol.Command.TIME, List.of());
        for (Typed one : typed) {
            Rawable key = arguments.get(one.place());
            if (one.isText()) {
                batch.send(Protocol.Command.GETRANGE, List.of(key, FIRST, LAST_OF_SMALL));
            } else if (one.isCollection()) {
                batch.send(Protocol.Command.MEMORY, List.of(USAGE, key, SAMPLED, SOME));
            }
            batch.send(expiry.command(), key);
        }
        Iterator<Object> replies = batch.replies().iterator();
        Instant readAt = RedisDeadlines.ofAnswer(RedisBatch.present(replies.next()));
        List<Open> open = new ArrayList<>();
        for (Typed one : typed) {
            Object found = one.isText() || one.isCollection() ? replies.next() : null;
            long ttl = expiry.ttl((Long) RedisBatch.present(replies.next()), readAt);
            if (isOtherType(found)) {
                changed.add(one.place());
            } else if (ttl != GONE) {
                look(one, RedisBatch.checked(found), ttl, readAt, open);
            }
        }
        return open;
    }

    private void look(Typed one, @Nullable Object found, long ttl, Instant readAt, List<Open> open) {
        Open unread = new Open(one, ttl, readAt, -1);
        if (found instanceof byte[] text && text.length > 0 && text.length < SMALL_BYTES) {
            total += text.length;
            entries[one.place()] = new LegacyEntry(keys.get(one.place()), one.name(), text, ttl, readAt);
        } else if (one.isText()) {
            open.add(unread);
        } else if (found instanceof Long size) {
            // an answer that rests on a sample may miss a huge element, so that all are looked at
            open.add(size >= EXACT_BYTES && !isLarge(size) ? unread : unread.ofSize(size));
        } else if (!one.isCollection()) {
            entries[one.place()] = unread(unread, false);
        }
    }

    private List<Open> sized(List<Open> open) {
        RedisBatch batch = new RedisBatch(redis);
        for (Open one : open) {
            Rawable key = arguments.get(one.place());
            if (!one.isSized() && one.key().isText()) {
                batch.send(Protocol.Command.STRLEN, key);
            } else if (!one.isSized()) {
                batch.send(Protocol.Command.MEMORY, List.of(USAGE, key, SAMPLED, ALL));
            }
        }
        Iterator<Object> replies = batch.replies().iterator();
        List<Open> small = new ArrayList<>(open.size());
        for (Open one : open) {
            Object answer = one.isSized() ? Long.valueOf(one.size()) : replies.next();
            if (isOtherType(answer)) {
                changed.add(one.place());
            } else if (RedisBatch.checked(answer) instanceof Long size && isLarge(size)) {
                entries[one.place()] = unread(one, true);
            } else if (answer instanceof Long size) {
                total += size;
                small.add(one);
            }
        }
        return small;
    }

    private void rest(List<Open> open) {
        RedisBatch batch = new RedisBatch(redis);
        open.forEach(one -> ask(batch, one.key()));
        Iterator<Object> replies = batch.replies().iterator();
        for (Open one : open) {
            Object reply = replies.next();
            if (isOtherType(reply)) {
                changed.add(one.place());
                continue;
            }
            Object value = RedisBatch.checked(reply);
            if (value instanceof byte[] text) {
                entries[one.place()] = entry(one, text);
            } else if (value instanceof List<?> && !elements(value).isEmpty()) {
                entries[one.place()] = entry(one, json(one.key().type(), elements(value)));
            }
        }
    }

    private void ask(RedisBatch batch, Typed one) {
        Rawable key = arguments.get(one.place());
        switch (Objects.requireNonNull(one.type())) {
            case STRING -> batch.send(Protocol.Command.GET, key);
            case HASH -> batch.send(Protocol.Command.HGETALL, key);
            case SET -> batch.send(Protocol.Command.SMEMBERS, key);
            case LIST -> batch.send(Protocol.Command.LRANGE, List.of(key, FIRST, LAST));
            case ZSET -> batch.send(Protocol.Command.ZRANGE, List.of(key, FIRST, LAST, SCORES));
            case STREAM -> throw new IllegalStateException("elements of streams are not read");
        }
    }

    private static boolean isOtherType(@Nullable Object reply) {
        return reply instanceof JedisDataException error
                && String.valueOf(error.getMessage()).startsWith("WRONGTYPE");
    }

    @SuppressWarnings("unchecked") // a reply of texts alone
    private static List<byte[]> elements(Object reply) {
        return (List<byte[]>) reply;
    }

    private LegacyEntry entry(Open open, byte[] value) {
        return new LegacyEntry(keys.get(open.place()), open.key().name(), value, open.ttl(), open.readAt());
    }

    private LegacyEntry unread(Open open, boolean isLarge) {
        return new LegacyEntry(keys.get(open.place()), open.key().name(), NOTHING, open.ttl(), open.readAt(), isLarge);
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
