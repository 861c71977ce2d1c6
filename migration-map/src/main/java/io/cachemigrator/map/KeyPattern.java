package io.cachemigrator.map;

import io.cachemigrator.map.Template.Form;
import io.cachemigrator.map.Template.Part;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key pattern whose parameters have their values.
 *
 * @param prefix the literal text at its start; empty only for every key
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

    private static final int DIGEST = 16;
    private static final Pattern LONG_INTEGER = Pattern.compile("-?[0-9]{15,19}");

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
        if (parts.size() == 1 && parts.get(0).name() != null && parts.get(0).form() == Form.ANY) {
            return new Parsed(new KeyPattern("", parts.get(0), "", null), null);
        }
        boolean literalFirst = !parts.isEmpty() && parts.get(0).name() == null;
        boolean shape = literalFirst
                && (parts.size() <= 2
                        || (parts.size() == 4
                                && parts.get(3).form() != Form.ANY
                                && parts.get(1).form() == Form.ANY));
        if (!shape) {
            return new Parsed(
                    null,
                    "A pattern is literal text, then at most '{name}' or '{name}' with a separator and '{name:hex32}',"
                            + " '{name:int}', '{name:hex16}', '{name:int64}' or '{name:rest}'; or '{name}' alone, for an"
                            + " open key space; names that are no parameters are variables.");
        }
        return new Parsed(
                new KeyPattern(
                        parts.get(0).literal(),
                        parts.size() > 1 ? parts.get(1) : null,
                        parts.size() > 2 ? parts.get(2).literal() : "",
                        parts.size() > 3 ? parts.get(3) : null),
                null);
    }

    /** Whether the pattern is every key. */
    boolean open() {
        return prefix.isEmpty();
    }

    /** Whether a key must also have the form of the last variable. */
    boolean decides() {
        return last != null && last.form().decides();
    }

    /** Whether what follows the prefix has the form that the pattern asks for. */
    boolean fits(String tail) {
        if (last == null || !decides()) {
            return true;
        }
        int split = tail.indexOf(separator);
        return split >= 0 && hasForm(tail.substring(split + separator.length()), last.form());
    }

    /** What tells the keys of a pattern from those of another. */
    String claim() {
        String start = (exact() ? "=" : "^") + prefix;
        return last != null && decides() ? start + "?" + separator + last.form() : start;
    }

    /** Whether the pattern is one key, not all keys with a prefix. */
    boolean exact() {
        return first == null;
    }

    /** The names of its variables. */
    List<String> variableNames() {
        return Stream.of(first, last)
                .filter(Objects::nonNull)
                .map(part -> String.valueOf(part.name()))
                .toList();
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
        int split = last == null ? -1 : decides() ? tail.indexOf(separator) : tail.lastIndexOf(separator);
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
            case ANY, REST -> true;
            case HEX32 -> text.length() == 32 && text.chars().allMatch(KeyPattern::isHex);
            case HEX16 -> isDigest(text);
            case INT -> isInteger(text);
            case INT64 -> isLongInteger(text);
        };
    }

    private static boolean isDigest(String text) {
        return text.length() >= DIGEST
                && text.chars().limit(DIGEST).allMatch(KeyPattern::isHex)
                && (text.length() == DIGEST || text.charAt(DIGEST) == '|');
    }

    private static boolean isLongInteger(String text) {
        return LONG_INTEGER.matcher(text).matches() && new BigInteger(text).bitLength() < Long.SIZE;
    }

    private static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static boolean isInteger(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        return !digits.isEmpty() && digits.length() <= 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
