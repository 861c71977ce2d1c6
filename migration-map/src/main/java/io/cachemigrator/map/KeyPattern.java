package io.cachemigrator.map;

import io.cachemigrator.map.Template.Form;
import io.cachemigrator.map.Template.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key pattern whose parameters have their values.
 *
 * @param prefix the literal text at its start; not empty
 * @param first the first variable, or null where the pattern is one exact key
 * @param separator the literal text between the variables; empty where there is one variable at most
 * @param last the second variable, which has a form, or null where there is one variable at most
 */
record KeyPattern(
        String prefix,
        @Nullable Part first,
        String separator,
        @Nullable Part last) {
    static final String TAIL = "tail";

    /**
     * A pattern, or why there is none.
     *
     * @param pattern null where there is an error
     * @param error null where there is none
     */
    record Parsed(@Nullable KeyPattern pattern, @Nullable String error) {}

    static Parsed parse(String text, Map<String, String> parameters) {
        Template.Parsed parsed = Template.parse(text);
        if (parsed.template() == null) {
            return new Parsed(null, parsed.error());
        }
        List<Part> parts = parsed.template().with(parameters).parts();
        boolean literalFirst = !parts.isEmpty() && parts.get(0).name() == null;
        boolean shape = literalFirst
                && (parts.size() <= 2
                        || (parts.size() == 4
                                && parts.get(3).form() != Form.ANY
                                && parts.get(1).form() == Form.ANY));
        if (!shape) {
            return new Parsed(
                    null,
                    "A pattern is literal text, then at most '{name}' or '{name}' with a separator and '{name:hex32}'"
                            + " or '{name:int}'; names that are no parameters are variables.");
        }
        return new Parsed(
                new KeyPattern(
                        parts.get(0).literal(),
                        parts.size() > 1 ? parts.get(1) : null,
                        parts.size() > 2 ? parts.get(2).literal() : "",
                        parts.size() > 3 ? parts.get(3) : null),
                null);
    }

    /** Whether the pattern is one key, not all keys with a prefix. */
    boolean exact() {
        return first == null;
    }

    /** The names that stand for the whole of what follows the prefix. */
    List<String> tailNames() {
        if (first == null) {
            return List.of();
        }
        return last == null && first.name() != null ? List.of(TAIL, first.name()) : List.of(TAIL);
    }

    /**
     * Splits what follows the prefix into variables, at the last separator where what follows it has the form asked
     * for; else all of it is the first variable, because ids may hold separators themselves.
     */
    Map<String, String> variables(String tail) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (first == null || first.name() == null) {
            return variables;
        }
        int split = last == null ? -1 : tail.lastIndexOf(separator);
        if (last != null && last.name() != null && split >= 0) {
            String candidate = tail.substring(split + separator.length());
            if (hasForm(candidate, last.form())) {
                variables.put(first.name(), tail.substring(0, split));
                variables.put(last.name(), candidate);
                return variables;
            }
        }
        variables.put(first.name(), tail);
        return variables;
    }

    private static boolean hasForm(String text, Form form) {
        return switch (form) {
            case ANY -> true;
            case HEX32 -> text.length() == 32 && text.chars().allMatch(KeyPattern::isHex);
            case INT -> isInteger(text);
        };
    }

    private static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static boolean isInteger(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        return !digits.isEmpty() && digits.length() <= 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
