package io.cachemigrator.cache.domain.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Entity tags (RFC 9110, section 8.8.3). */
final class EntityTag {
    private static final int BYTES = 16;

    private EntityTag() {}

    /** A tag of content: the first 128 bits of its SHA-256, in quotes. */
    static String of(byte[] content) {
        return '"' + digest(content) + '"';
    }

    /** The first 128 bits of a SHA-256 in hexadecimal digits. */
    static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }

    /** A tag as a header carries it: in quotes, which older writers left out. */
    static String quoted(String tag) {
        return tag.endsWith("\"") ? tag : '"' + tag + '"';
    }

    static boolean matches(String own, String ifNoneMatch) {
        return ifNoneMatch.strip().equals("*")
                || Arrays.stream(ifNoneMatch.split(","))
                        .anyMatch(each -> strong(each.strip()).equals(strong(own)));
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
