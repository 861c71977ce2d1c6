package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Large entries in a Redis server, in pieces. A copy comes under a key of its own, in the slot of its place, which goes by itself
 * when its writer dies; it is read back there and then moved. Used by one thread.
 */
final class RedisLarge {
    private static final RedisScript APPEND = RedisScript.of("append.lua");
    private static final byte[] REMOVE = """
            if redis.call('GETRANGE', KEYS[1], 0, ARGV[2]) ~= ARGV[1] then return 0 end
            if redis.call('STRLEN', KEYS[1]) ~= tonumber(ARGV[3]) then return 0 end
            return redis.call('UNLINK', KEYS[1])
            """.getBytes(US_ASCII);
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

    /**
     * Writes a copy as a batch is written.
     *
     * @param keep told of what is about to be replaced
     */
    WriteState write(LargeCopy copy, byte[] place, String runId, Consumer<Envelope> keep) throws IOException {
        byte[] brought = bring(place, copy.head(copy.envelope()), copy.value()::read);
        if (brought == null) {
            return WriteState.READ_AGAIN;
        }
        LargeCopy.Confirmed confirmed = copy.confirm();
        String word = confirmed == null ? "CHANGED" : place(copy, place, "", brought, confirmed);
        if (confirmed != null && word.equals("OLDER")) {
            word = replaceOlder(copy, place, runId, brought, confirmed, keep);
        }
        drop(brought);
        WriteState state = word.equals("LOST") ? WriteState.READ_AGAIN : RedisTarget.state(word);
        return state == null ? WriteState.READ_AGAIN : state;
    }

    private String place(LargeCopy copy, byte[] place, String seen, byte[] brought, LargeCopy.Confirmed confirmed) {
        byte[] head = copy.head(confirmed.envelope());
        CopyScript.Write write = new CopyScript.Write(copy.place().region(), place, seen, head);
        return script.place(write, brought, head.length + copy.digest().length(), confirmed.terms());
    }

    private String replaceOlder(
            LargeCopy copy,
            byte[] place,
            String runId,
            byte[] brought,
            LargeCopy.Confirmed confirmed,
            Consumer<Envelope> keep) {
        RedisStored.Entry there = link.call(redis -> Optional.ofNullable(new RedisStored(redis).entry(place)))
                .orElse(null);
        if (there == null) {
            return "CHANGED";
        }
        Envelope existing = there.envelope();
        if (existing == null) {
            return "NEWER";
        }
        boolean same = copy.isSame(existing, confirmed.envelope());
        if (same && RunMark.isCopyOf(existing, runId)) {
            return "LATER";
        }
        if (same && !existing.isMigrated()) {
            return "NEWER";
        }
        keep.accept(existing);
        return place(copy, place, there.mark(), brought, confirmed);
    }

    /** Brings an entry; returns its key for now, or null when it was lost on the way. */
    private byte @Nullable [] bring(byte[] place, byte[] head, Content payload) throws IOException {
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

    /** Puts an entry back where nothing is. */
    void restore(byte[] place, Envelope head, Content payload) throws IOException {
        byte[] brought = bring(place, LargeHead.encode(head), payload);
        if (brought == null) {
            throw new MigratorException(
                    ErrorCode.STORE_UNREACHABLE,
                    "The entry '" + new String(place, UTF_8) + "' could not be put back.",
                    "What was written to the target for it was gone before it was complete.",
                    "Find out what removes keys there, then run `migrator rollback` again.");
        }
        List<byte[]> deadline = List.of(ascii(head.deadlineMillis()));
        link.call(redis -> redis.eval(RESTORE, List.of(place, brought), deadline));
        drop(brought);
    }

    /** Removes an entry if it still is what its head says. */
    Response<Object> remove(Pipeline pipeline, byte[] place, Envelope head) {
        byte[] bytes = LargeHead.encode(head);
        List<byte[]> arguments = List.of(bytes, ascii(bytes.length - 1), ascii(bytes.length + LargeHead.length(head)));
        return pipeline.eval(REMOVE, List.of(place), arguments);
    }

    private void drop(byte[] key) {
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
