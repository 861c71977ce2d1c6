package io.cachemigrator.cache.domain.ai;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Digests in hexadecimal digits. */
final class Digests {
    private Digests() {}

    /** The first bytes of a digest. */
    static String hex(String algorithm, byte[] input, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(input);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has " + algorithm + ".", impossible);
        }
    }
}
