package io.cachemigrator.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text with names in braces, as in key patterns and ids. Braces that are meant literally are doubled.
 *
 * @param parts literal text and names in turn
 */
record Template(List<Part> parts) {
    private static final Pattern NAME = Pattern.compile("([a-zA-Z][a-zA-Z0-9]*)(?::(hex32|int|hex16|int64|rest))?");

    /**
     * A part of a template.
     *
     * @param literal literal text; empty where the part is a name
     * @param name the name, or null where the part is literal
     * @param form what the named text looks like
     */
    record Part(String literal, @Nullable String name, Form form) {}

    /** What the text of a variable looks like. */
    enum Form {
        /** Any text. */
        ANY,
        /** 32 lower-case hexadecimal digits. */
        HEX32,
        /** Decimal digits, with a minus sign or without. */
        INT,
        /** 16 lower-case hexadecimal digits, after which nothing follows, or a bar and any text. */
        HEX16,
        /** A decimal integer of 64 bits with 15 digits or more, with a minus sign or without. */
        INT64,
        /** Any text. */
        REST;

        /** Whether a key only fits a pattern where the text has this form, rather than the text being taken apart where it can be. */
        boolean decides() {
            return this == HEX16 || this == INT64 || this == REST;
        }
    }

    /**
     * A template, or why there is none.
     *
     * @param template null where there is an error
     * @param error null where there is none
     */
    record Parsed(@Nullable Template template, @Nullable String error) {}

    static Parsed parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int p = 0;
        while (p < text.length()) {
            char c = text.charAt(p);
            boolean doubled = p + 1 < text.length() && text.charAt(p + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                literal.append(c);
                p += 2;
            } else if (c == '}') {
                return error("A closing brace has no opening one; double a brace that is meant literally.");
            } else if (c == '{') {
                int end = text.indexOf('}', p);
                Matcher name = NAME.matcher(end < 0 ? "" : text.substring(p + 1, end));
                if (!name.matches()) {
                    return error(
                            "Braces hold a name of letters and digits, with ':hex32', ':int', ':hex16', ':int64' or ':rest'"
                                    + " after it or not.");
                }
                flush(parts, literal);
                parts.add(new Part("", name.group(1), form(name.group(2))));
                p = end + 1;
            } else {
                literal.append(c);
                p++;
            }
        }
        flush(parts, literal);
        return new Parsed(new Template(List.copyOf(parts)), null);
    }

    /** The text with values in place of the names; a name without a value is left out. */
    String filled(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.name() == null ? part.literal() : values.getOrDefault(part.name(), "")));
        return text.toString();
    }

    /** The same template with the values of parameters as literal text. */
    Template with(Map<String, String> values) {
        List<Part> replaced = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (Part part : parts) {
            String value = part.name() == null ? part.literal() : values.get(part.name());
            if (value == null) {
                flush(replaced, literal);
                replaced.add(part);
            } else {
                literal.append(value);
            }
        }
        flush(replaced, literal);
        return new Template(List.copyOf(replaced));
    }

    private static Form form(@Nullable String text) {
        return text == null ? Form.ANY : Form.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static void flush(List<Part> parts, StringBuilder literal) {
        if (literal.length() > 0) {
            parts.add(new Part(literal.toString(), null, Form.ANY));
            literal.setLength(0);
        }
    }

    private static Parsed error(String message) {
        return new Parsed(null, message);
    }
}
