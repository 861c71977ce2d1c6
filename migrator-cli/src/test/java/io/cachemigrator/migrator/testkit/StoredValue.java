package io.cachemigrator.migrator.testkit;

import java.io.InputStream;
import redis.clients.jedis.Jedis;

/** A string of a Redis server as a stream, read in pieces. */
public final class StoredValue extends InputStream {
    private static final int PIECE = 1 << 20;

    private final Jedis redis;
    private final byte[] key;
    private byte[] piece = new byte[0];
    private long next;
    private int at;

    /** From a position on. */
    public StoredValue(Jedis redis, byte[] key, long from) {
        this.redis = redis;
        this.key = key;
        this.next = from;
    }

    private boolean fill() {
        if (at == piece.length) {
            piece = redis.getrange(key, next, next + PIECE - 1);
            next += piece.length;
            at = 0;
        }
        return at < piece.length;
    }

    @Override
    public int read() {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, offset, some);
        at += some;
        return some;
    }
}
