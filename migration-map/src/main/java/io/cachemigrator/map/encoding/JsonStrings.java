package io.cachemigrator.map.encoding;

import java.nio.charset.StandardCharsets;

/** Between JSON string literals and text, lone surrogates included. */
final class JsonStrings {
    private JsonStrings() {}

    /** Decodes the valid literal, quotes included, between two positions. */
    static String decode(byte[] text, int start, int end) {
        String inner = new String(text, start + 1, end - start - 2, StandardCharsets.UTF_8);
        int escape = inner.indexOf('\\');
        if (escape < 0) {
            return inner;
        }
        StringBuilder decoded = new StringBuilder(inner.length()).append(inner, 0, escape);
        int p = escape;
        while (p < inner.length()) {
            char c = inner.charAt(p++);
            if (c != '\\') {
                decoded.append(c);
                continue;
            }
            char escaped = inner.charAt(p++);
            if (escaped == 'u') {
                decoded.append((char) Integer.parseInt(inner, p, p + 4, 16));
                p += 4;
            } else {
                decoded.append(unescape(escaped));
            }
        }
        return decoded.toString();
    }

    private static char unescape(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}
