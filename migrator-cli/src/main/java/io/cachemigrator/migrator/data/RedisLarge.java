package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.envelope.Envelope;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Large entries in a Redis server, in pieces. A copy comes under a key of its own, in the slot of its place, which goes by itself
 * when its writer dies; it is read back there and then moved. Used by one thread.
 */
final class RedisLarge {
    private static final RedisScript APPEND = RedisScript.of("append.lua");
    private static final byte[] RESTORE = """
            if redis.call('RENAMENX', KEYS[2], KEYS[1]) == 0 then return 0 end
            if ARGV[1] == '-1' then return redis.call('PERSIST', KEYS[1]) end
            return redis.call('PEXPIREAT', KEYS[1], ARGV[1])
            """.getBytes(US_ASCII);
    private static final Duration ON_THE_WAY = Duration.ofMinutes(1);
    private static final int PIECE_BYTES = 512 << 10;

    private final RedisLink link;
    private final String prefix;
    private final CopyScript script;
    private final boolean cluster;

    RedisLarge(RedisLink link, String prefix, CopyScript script, boolean cluster) {
        this.link = link;
        this.prefix = prefix;
        this.script = script;
        this.cluster = cluster;
    }

    /** Gives bytes from a position on; 0 at the end. */
    interface Content {
        /** Reads into an array; returns how many. */
        int read(long position, byte[] into) throws IOException;
    }

    /** A key for a copy on its way, which is nobody's and in the same slot as its place. */
    private byte[] onTheWay(byte[] place) {
        long number = ThreadLocalRandom.current().nextLong(1L << 48);
        while (true) {
            byte[] key = (prefix + "!copy:" + Long.toHexString(number++)).getBytes(UTF_8);
            if (!cluster || JedisClusterCRC16.getSlot(key) == JedisClusterCRC16.getSlot(place)) {
                return key;
            }
        }
    }

    /** Brings an entry; returns its key for now, or null when it was lost on the way. */
    byte @Nullable [] bring(byte[] place, byte[] head, Content payload) throws IOException {
        byte[] key = onTheWay(place);
        long there = append(key, 0, head);
        byte[] piece = new byte[PIECE_BYTES];
        for (int read = payload.read(0, piece); read > 0; read = payload.read(there - head.length, piece)) {
            byte[] part = read == piece.length ? piece : Arrays.copyOf(piece, read);
            if (append(key, there, part) != there + read) {
                return null;
            }
            there += read;
        }
        return isReadBack(key, head, payload, there) ? key : null;
    }

    private long append(byte[] key, long there, byte[] part) {
        List<byte[]> arguments = List.of(ascii(there), part, ascii(ON_THE_WAY.toMillis()));
        return (Long) link.call(redis -> APPEND.run(redis, List.of(key), arguments));
    }

    private boolean isReadBack(byte[] key, byte[] head, Content payload, long length) throws IOException {
        long[] same = {head.length};
        byte[] own = new byte[PIECE_BYTES];
        RedisStored.pieces(link, key, head.length, PIECE_BYTES, (position, part) -> {
            int read = payload.read(position - head.length, own);
            boolean equal = read == part.length && Arrays.equals(own, 0, read, part, 0, read);
            same[0] += equal ? read : 0;
            return equal;
        });
        link.call(redis -> redis.pexpire(key, ON_THE_WAY.toMillis()));
        return same[0] == length && RedisStored.hasHead(link, key, head);
    }

    /** Moves an entry that was brought; returns as the script does. */
    String place(CopyScript.Write write, byte[] key, long payload, WriteTerms terms) {
        return script.place(write, key, write.envelope().length + payload, terms);
    }

    /** Moves an entry that was brought to where nothing is. */
    void restore(byte[] place, byte[] key, Envelope head) {
        List<byte[]> deadline = List.of(ascii(head.deadlineMillis()));
        link.call(redis -> redis.eval(RESTORE, List.of(place, key), deadline));
        drop(key);
    }

    void drop(byte[] key) {
        link.call(redis -> redis.unlink(key));
    }

    /** Length and checksums of the payload of an entry; null when it changes meanwhile. */
    @Nullable
    LargeDigest digest(byte[] key, Envelope head) throws IOException {
        LargeDigest.Sum sum = new LargeDigest.Sum();
        byte[] bytes = LargeHead.encode(head);
        RedisStored.pieces(link, key, bytes.length, PIECE_BYTES, (position, part) -> {
            sum.add(part, part.length);
            return true;
        });
        return RedisStored.hasHead(link, key, bytes) ? sum.digest() : null;
    }

    /** Writes all of an entry to a stream; whether it was the same throughout. */
    boolean writeTo(byte[] key, Envelope head, OutputStream out) throws IOException {
        RedisStored.pieces(link, key, 0, PIECE_BYTES, (position, part) -> {
            out.write(part);
            return true;
        });
        return RedisStored.hasHead(link, key, LargeHead.encode(head));
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
