package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A pattern for whole keys, the same whatever holds them: {@code *} is any text, {@code ?} one character, {@code [abc]} and
 * {@code [a-z]} one of some, {@code [!abc]} one of all others, and a backslash takes the next character for itself. Upper and lower
 * case differ. Immutable.
 */
public final class Glob implements Predicate<String> {
    private final Pattern pattern;
    private final String literal;

    private Glob(Pattern pattern, String literal) {
        this.pattern = pattern;
        this.literal = literal;
    }

    /**
     * Reads a pattern.
     *
     * @throws ValidationException if it is empty: to remove everything is said by other words
     */
    public static Glob of(String glob) {
        if (glob.isEmpty()) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    "The pattern is empty, and would not say which keys are meant. Give a pattern, or call clear() to"
                            + " remove everything.",
                    Map.of("pattern", glob));
        }
        StringBuilder regex = new StringBuilder();
        StringBuilder start = new StringBuilder();
        boolean plain = true;
        for (int i = 0; i < glob.length(); i++) {
            char each = glob.charAt(i);
            int end = each == '[' ? glob.indexOf(']', i + 2) : -1;
            if (each == '*') {
                regex.append(".*");
            } else if (each == '?') {
                regex.append('.');
            } else if (end > 0) {
                regex.append(choice(glob.substring(i + 1, end)));
                i = end;
            } else {
                char character = each == '\\' && i + 1 < glob.length() ? glob.charAt(++i) : each;
                regex.append(Pattern.quote(String.valueOf(character)));
                start.append(plain ? String.valueOf(character) : "");
                continue;
            }
            plain = false;
        }
        return new Glob(Pattern.compile(regex.toString(), Pattern.DOTALL), start.toString());
    }

    /** Text as a pattern that matches only itself. */
    public static String quote(String text) {
        return text.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    private static String choice(String inside) {
        boolean others = inside.startsWith("!");
        String letters = others ? inside.substring(1) : inside;
        return "[" + (others ? "^" : "") + letters.replaceAll("([\\\\\\[\\]^&])", "\\\\$1") + "]";
    }

    @Override
    public boolean test(String key) {
        return key.startsWith(literal) && pattern.matcher(key).matches();
    }

    /** What every key that matches starts with. */
    public String prefix() {
        return literal;
    }
}
