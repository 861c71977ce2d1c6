package io.cachemigrator.map.encoding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, each kept as the text it was written in, so that numbers of any size, non-finite
 * numbers and escapes pass through a transform unchanged. Where a name occurs twice the last member counts, as in
 * Python. Immutable.
 */
public final class JsonObject {
    private final byte[] text;
    private final Map<String, int[]> members;

    private JsonObject(byte[] text, Map<String, int[]> members) {
        this.text = text;
        this.members = members;
    }

    /**
     * Reads the members of an object.
     *
     * @param text JSON text, which must not be changed afterwards
     * @return the members, or null where the text is not one JSON object
     */
    public static @Nullable JsonObject parse(byte[] text) {
        int start = JsonText.skipSpace(text, 0);
        if (start >= text.length || text[start] != '{' || !JsonText.isValid(text)) {
            return null;
        }
        Map<String, int[]> members = new LinkedHashMap<>();
        int p = JsonText.skipSpace(text, start + 1);
        while (text[p] != '}') {
            int nameEnd = JsonText.string(text, p);
            String name = JsonStrings.decode(text, p, nameEnd);
            int valueStart = JsonText.skipSpace(text, JsonText.skipSpace(text, nameEnd) + 1);
            int valueEnd = JsonText.value(text, valueStart, 1);
            members.put(name, new int[] {valueStart, valueEnd});
            p = JsonText.skipSpace(text, valueEnd);
            p = text[p] == ',' ? JsonText.skipSpace(text, p + 1) : p;
        }
        return new JsonObject(text, members);
    }

    /** The names of the members, in the order in which they first occur. */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /**
     * The text of a member's value, byte for byte.
     *
     * @return a copy, or null where there is no such member
     */
    public byte @Nullable [] raw(String name) {
        int[] range = members.get(name);
        return range == null ? null : Arrays.copyOfRange(text, range[0], range[1]);
    }

    /** Tells whether a member exists and is neither missing nor {@code null}. */
    public boolean has(String name) {
        byte[] raw = raw(name);
        return raw != null && raw[0] != 'n';
    }

    /**
     * A member that is a string, decoded.
     *
     * @return the string, which may hold lone surrogates, or null where there is no such member or it is no string
     */
    public @Nullable String string(String name) {
        int[] range = members.get(name);
        return range == null || text[range[0]] != '"' ? null : JsonStrings.decode(text, range[0], range[1]);
    }

    /**
     * A member that is a number, as it is written.
     *
     * @return the number's text, or null where there is no such member or it is no finite number
     */
    public @Nullable String number(String name) {
        int[] range = members.get(name);
        if (range == null) {
            return null;
        }
        byte first = text[range[0]];
        boolean number = (first >= '0' && first <= '9') || (first == '-' && text[range[0] + 1] != 'I');
        return number ? new String(text, range[0], range[1] - range[0], StandardCharsets.US_ASCII) : null;
    }

    /** Tells whether a member is {@code true}. */
    public boolean isTrue(String name) {
        int[] range = members.get(name);
        return range != null && text[range[0]] == 't';
    }

    /** Tells whether a member is {@code true} or {@code false}. */
    public boolean isBoolean(String name) {
        int[] range = members.get(name);
        return range != null && (text[range[0]] == 't' || text[range[0]] == 'f');
    }

    /**
     * The strings in a member that is an array of strings.
     *
     * @return the strings in order, or null where there is no such member, it is no array or holds anything else
     */
    public @Nullable List<String> strings(String name) {
        int[] range = members.get(name);
        if (range == null || text[range[0]] != '[') {
            return null;
        }
        List<String> strings = new ArrayList<>();
        int p = JsonText.skipSpace(text, range[0] + 1);
        while (text[p] != ']') {
            int end = JsonText.string(text, p);
            if (end == JsonText.INVALID) {
                return null;
            }
            strings.add(JsonStrings.decode(text, p, end));
            p = JsonText.skipSpace(text, end);
            p = text[p] == ',' ? JsonText.skipSpace(text, p + 1) : p;
        }
        return List.copyOf(strings);
    }
}
