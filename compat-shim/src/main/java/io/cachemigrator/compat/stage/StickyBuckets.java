package io.cachemigrator.compat.stage;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Puts every key into one of 10,000 buckets, the same one in every process and at all times: the keys of a canary of
 * {@code n} percent are those in the first {@code 100 n}. So a higher percentage takes keys in and moves none back. Immutable.
 */
public final class StickyBuckets {
    /** How many buckets there are. */
    public static final int COUNT = 10_000;

    private static final int PER_PERCENT = COUNT / 100;

    private final byte[] salt;

    /**
     * With a salt: another one gives every key another bucket, so that two roll-outs do not start with the same keys.
     *
     * @param salt may be empty
     */
    public StickyBuckets(String salt) {
        this.salt = salt.getBytes(StandardCharsets.UTF_8);
    }

    /** The bucket of a key, 0 to 9,999: CRC-32C of salt, zero byte and key in UTF-8, mixed as MurmurHash3 ends, modulo 10,000. */
    public int of(String key) {
        CRC32C crc = new CRC32C();
        crc.update(salt);
        crc.update(0);
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        int hash = (int) crc.getValue();
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        hash ^= hash >>> 16;
        return Integer.remainderUnsigned(hash, COUNT);
    }

    /** Whether a key is among the first {@code percent} of all, 0 to 100. */
    public boolean isWithin(String key, int percent) {
        return percent >= 100 || (percent > 0 && of(key) < percent * PER_PERCENT);
    }
}
