package io.cachemigrator.cache.domain.response;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Where responses are kept: one set of rules for writing and reading. The digests are MD5 because entries that a migration
 * brought are found by them; they name entries and protect nothing.
 */
final class ResponseKeys {
    private ResponseKeys() {}

    static String byQuestion(String type, String question) {
        return "precomp:" + type + ":" + md5(trimmed(question).toLowerCase(Locale.ROOT));
    }

    static String byPattern(ResponsePattern pattern, ResponseContext context) {
        return "precomp:" + pattern.type() + ":" + md5(contextual(pattern.source(), context));
    }

    /** The answer of a type that holds for every question of that kind. */
    static String byType(String type, ResponseContext context) {
        return "precomp:" + type + ":" + md5(contextual(type, context));
    }

    private static String contextual(String what, ResponseContext context) {
        return what + ":" + context.customerType() + ":" + context.tier();
    }

    /** Without surrounding white space of any kind, the no-break space included. */
    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char each) {
        return Character.isWhitespace(each) || Character.isSpaceChar(each) || each == '\u0085';
    }

    private static String md5(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has MD5.", impossible);
        }
    }
}
