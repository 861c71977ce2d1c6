package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What is stored under keys of a target, read in bounded memory: first as much of each as most entries have, then the rest of
 * larger ones; of those that are too large, and of what is too much together, the {@linkplain LargeHead head}.
 */
final class RedisStored {
    /** As much as the scripts look at. */
    private static final int START_BYTES = 4 << 10;

    private static final Rawable FIRST = RedisBatch.argument("0".getBytes(StandardCharsets.US_ASCII));
    private static final Rawable LAST =
            RedisBatch.argument(String.valueOf(START_BYTES - 1).getBytes(StandardCharsets.US_ASCII));

    private static final int MOST_HEAD_BYTES = (1 << 20) + EnvelopeFormat.FIXED_BYTES;
    private static final long TOGETHER_BYTES = 4 << 20;

    private final Jedis redis;

    RedisStored(Jedis redis) {
        this.redis = redis;
    }

    /**
     * A stored entry.
     *
     * @param envelope null for what is no entry of the cache service
     * @param mark tells it from every other one, as the scripts do
     */
    record Entry(@Nullable Envelope envelope, String mark) {}

    /** Reads entries; one element for each key, in order; null = there is nothing, or no entry of the cache service. */
    List<@Nullable Envelope> envelopes(List<byte[]> keys) {
        List<byte @Nullable []> starts = starts(keys);
        List<@Nullable Envelope> envelopes = new ArrayList<>(keys.size());
        List<Integer> long_ = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            byte[] start = starts.get(i);
            boolean cut = start != null && start.length == START_BYTES && EnvelopeFormat.isReadable(start);
            envelopes.add(start == null || cut ? null : decode(start));
            if (cut) {
                long_.add(i);
            }
        }
        if (!long_.isEmpty()) {
            longer(keys, starts, long_, envelopes);
        }
        return envelopes;
    }

    /** What is in one place; null = nothing. */
    @Nullable
    Entry entry(byte[] key) {
        byte[] start = starts(List.of(key)).get(0);
        if (start == null) {
            return new Entry(null, "");
        }
        if (start.length == 0 && !redis.exists(key)) {
            return null;
        }
        long length = redis.strlen(key);
        return new Entry(envelopes(List.of(key)).get(0), mark(start, length));
    }

    /** What the scripts know an entry by. */
    static String mark(byte[] start, long length) {
        return RedisScript.sha1(start) + ":" + length;
    }

    private List<byte @Nullable []> starts(List<byte[]> keys) {
        RedisBatch batch = new RedisBatch(redis);
        for (byte[] key : keys) {
            batch.send(Protocol.Command.GETRANGE, List.of(RedisBatch.argument(key), FIRST, LAST));
        }
        List<byte @Nullable []> starts = new ArrayList<>(keys.size());
        for (Object reply : batch.replies()) {
            boolean noText = reply instanceof JedisDataException error && isOtherType(error);
            starts.add(noText ? null : (byte[]) RedisBatch.checked(reply));
        }
        return starts;
    }

    /** Null for what is no string: indexes and records of the cache service itself. */
    private static byte @Nullable [] bytesOf(Response<byte[]> reply) {
        try {
            return reply.get();
        } catch (JedisDataException e) {
            if (isOtherType(e)) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isOtherType(JedisDataException error) {
        return String.valueOf(error.getMessage()).toUpperCase(Locale.ROOT).startsWith("WRONGTYPE");
    }

    private void longer(
            List<byte[]> keys,
            List<byte @Nullable []> starts,
            List<Integer> places,
            List<@Nullable Envelope> envelopes) {
        Pipeline asking = redis.pipelined();
        List<Response<Long>> lengths =
                places.stream().map(place -> asking.strlen(keys.get(place))).toList();
        asking.sync();
        Pipeline reading = redis.pipelined();
        List<@Nullable Response<byte[]>> wholes = new ArrayList<>(places.size());
        long total = 0;
        for (int i = 0; i < places.size(); i++) {
            long length = lengths.get(i).get();
            boolean whole = length <= LargeHead.WHOLE_BYTES && (total == 0 || total + length <= TOGETHER_BYTES);
            total += whole ? length : 0;
            wholes.add(whole ? reading.get(keys.get(places.get(i))) : null);
        }
        reading.sync();
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            Response<byte[]> whole = wholes.get(i);
            byte[] bytes = whole == null ? null : bytesOf(whole);
            byte[] start = starts.get(place);
            if (bytes != null) {
                envelopes.set(place, decode(bytes));
            } else if (whole == null && start != null) {
                envelopes.set(place, head(keys.get(place), start, lengths.get(i).get()));
            }
        }
    }

    private @Nullable Envelope head(byte[] key, byte[] start, long length) {
        byte[] known = LargeHead.bytes(start) < 0 ? redis.getrange(key, 0, MOST_HEAD_BYTES) : start;
        return LargeHead.decode(known, length);
    }

    private static @Nullable Envelope decode(byte[] bytes) {
        try {
            return EnvelopeFormat.isEnvelope(bytes) ? EnvelopeFormat.decode(bytes) : null;
        } catch (EnvelopeException e) {
            // not an entry of the cache service: somebody else's, which is never touched
            return null;
        }
    }

    /** Takes a part of what is stored. */
    interface Receiver {
        /** Takes a part; whether to go on. */
        boolean take(long position, byte[] part) throws java.io.IOException;
    }

    /** Reads what is stored from a position on, in pieces. */
    static void pieces(RedisLink link, byte[] key, long from, int pieceBytes, Receiver receiver)
            throws java.io.IOException {
        for (long at = from; ; at += pieceBytes) {
            long position = at;
            byte[] part = link.call(redis -> redis.getrange(key, position, position + pieceBytes - 1));
            if (part.length == 0 || !receiver.take(position, part) || part.length < pieceBytes) {
                return;
            }
        }
    }

    /** Whether the head of what is stored is still the same. */
    static boolean hasHead(RedisLink link, byte[] key, byte[] head) {
        return Arrays.equals(head, link.call(redis -> redis.getrange(key, 0, head.length - 1)));
    }
}
