package io.cachemigrator.migrator.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What tells whether two payloads are the same without having either in memory.
 *
 * @param length bytes
 * @param checksum CRC-32C, as an envelope has it
 * @param sha256 SHA-256 in hexadecimal
 */
record LargeDigest(long length, int checksum, String sha256) {

    /** Of a payload in memory. */
    static LargeDigest of(byte[] payload) {
        Sum sum = new Sum();
        sum.add(payload, payload.length);
        return sum.digest();
    }

    /** Found out along the way. */
    static final class Sum {
        private final CRC32C crc = new CRC32C();
        private final MessageDigest sha;
        private long length;

        Sum() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        }

        void add(byte[] bytes, int count) {
            add(bytes, 0, count);
        }

        void add(byte[] bytes, int offset, int count) {
            crc.update(bytes, offset, count);
            sha.update(bytes, offset, count);
            length += count;
        }

        long length() {
            return length;
        }

        /** Ends the sum. */
        LargeDigest digest() {
            try {
                MessageDigest copy = (MessageDigest) sha.clone();
                return new LargeDigest(
                        length, (int) crc.getValue(), HexFormat.of().formatHex(copy.digest()));
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("Java's SHA-256 can be copied", e);
            }
        }
    }
}
