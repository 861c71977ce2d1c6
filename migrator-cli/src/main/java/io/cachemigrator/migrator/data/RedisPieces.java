package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads a large value from a Redis server in pages, while the server watches the key: so it can tell in the end whether the key
 * is still what it was when reading began. No page is large, unless an element is.
 */
final class RedisPieces {
    private static final int PIECE_BYTES = 256 << 10;
    private static final long MOST_ELEMENTS = 2_000;
    private static final long GONE = -2;

    private final Jedis redis;
    private final RedisDeadlines expiry;

    RedisPieces(Jedis redis, RedisDeadlines expiry) {
        this.redis = redis;
        this.expiry = expiry;
    }

    /** Reads a key; whether it was there throughout and of the type. The key is watched from here on. */
    boolean read(LegacyEntry entry, LegacyReader.Pieces pieces) throws IOException {
        byte[] key = entry.key();
        redis.unwatch();
        redis.watch(key);
        pieces.begin(entry.redisType());
        try {
            return redis.exists(key)
                    && switch (entry.redisType()) {
                        case "string" -> string(key, pieces);
                        case "list" -> ranks(key, Command.LRANGE, redis.llen(key), pieces);
                        case "zset" -> ranks(key, Command.ZRANGE, redis.zcard(key), pieces);
                        case "set" -> scan(key, Command.SSCAN, redis.scard(key), pieces);
                        case "hash" -> scan(key, Command.HSCAN, redis.hlen(key), pieces);
                        default -> false;
                    };
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
                return false;
            }
            throw e;
        }
    }

    private boolean string(byte[] key, LegacyReader.Pieces pieces) throws IOException {
        long length = redis.strlen(key);
        for (long at = 0; at < length; at += PIECE_BYTES) {
            pieces.piece(redis.getrange(key, at, at + PIECE_BYTES - 1));
        }
        return true;
    }

    /** How many elements to ask for at once, by what they take on average. */
    private long page(byte[] key, long elements) {
        Long bytes = redis.memoryUsage(key);
        long average = bytes == null || elements == 0 ? PIECE_BYTES : Math.max(1, bytes / elements);
        return Math.max(1, Math.min(MOST_ELEMENTS, PIECE_BYTES / average));
    }

    /** Ranks stay what they are while the key does not change. */
    private boolean ranks(byte[] key, Command command, long elements, LegacyReader.Pieces pieces) throws IOException {
        long page = page(key, elements);
        boolean scored = command == Command.ZRANGE;
        for (long from = 0; from < elements; from += page) {
            byte[] first = ascii(from);
            byte[] last = ascii(from + page - 1);
            Object reply = scored
                    ? redis.sendCommand(command, key, first, last, "WITHSCORES".getBytes(US_ASCII))
                    : redis.sendCommand(command, key, first, last);
            hand(bytes(reply), scored, pieces);
        }
        return true;
    }

    private boolean scan(byte[] key, Command command, long elements, LegacyReader.Pieces pieces) throws IOException {
        byte[] count = ascii(page(key, elements));
        byte[] cursor = ascii(0);
        do {
            List<?> reply = (List<?>) redis.sendCommand(command, key, cursor, "COUNT".getBytes(US_ASCII), count);
            hand(bytes(reply.get(1)), command == Command.HSCAN, pieces);
            cursor = (byte[]) reply.get(0);
        } while (cursor.length != 1 || cursor[0] != '0');
        return true;
    }

    private static void hand(List<byte[]> elements, boolean pairs, LegacyReader.Pieces pieces) throws IOException {
        for (int i = 0; i < elements.size(); i += pairs ? 2 : 1) {
            if (pairs) {
                pieces.pair(elements.get(i), elements.get(i + 1));
            } else {
                pieces.piece(elements.get(i));
            }
        }
    }

    @SuppressWarnings("unchecked") // a reply of texts alone
    private static List<byte[]> bytes(Object reply) {
        return (List<byte[]>) reply;
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }

    /** The entry as of now, without its value; null when the key has changed since it was read, or is gone. */
    @Nullable
    LegacyEntry ifUnchanged(LegacyEntry entry) {
        List<?> replies = timeAndExpiry(entry.key());
        if (replies == null) {
            return null;
        }
        List<String> time = bytes(replies.get(0)).stream()
                .map(part -> new String(part, US_ASCII))
                .toList();
        Instant now = RedisDeadlines.instant(time);
        long left = expiry.ttl((Long) replies.get(1), now);
        return left == GONE ? null : new LegacyEntry(entry.key(), entry.redisType(), entry.value(), left, now, true);
    }

    /** Asked in one step of the server, which takes it only while the key is what it was; null when it is not. */
    private @Nullable List<?> timeAndExpiry(byte[] key) {
        // not the client's transaction, which has no word for the server's time
        Connection connection = redis.getConnection();
        connection.sendCommand(Command.MULTI);
        connection.getStatusCodeReply();
        try {
            connection.sendCommand(Command.TIME);
            connection.getStatusCodeReply();
            connection.sendCommand(expiry.exact() ? Command.PEXPIRETIME : Command.PTTL, key);
            connection.getStatusCodeReply();
        } catch (JedisDataException e) {
            connection.sendCommand(Command.DISCARD);
            connection.getStatusCodeReply();
            if (ClusterMap.isMoved(e)) {
                // another server has it by now, which did not watch it
                return null;
            }
            throw e;
        }
        connection.sendCommand(Command.EXEC);
        return connection.getOne() instanceof List<?> replies ? replies : null;
    }
}
