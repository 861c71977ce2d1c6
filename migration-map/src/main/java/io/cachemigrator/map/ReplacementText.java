package io.cachemigrator.map;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the text of a replacement apart, and says what is wrong with it. */
final class ReplacementText {
    private static final int MAX_LENGTH = 500;
    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\[btnfr\"'\\\\])*\"|'(?:[^'\\\\]|\\\\[btnfr\"'\\\\])'|[A-Za-z_$][\\w$]*|[0-9][\\w.]*|.",
            Pattern.DOTALL);
    private static final String MARKS = " .,()<>+-*%[]";

    private ReplacementText() {}

    /**
     * A token.
     *
     * @param text its text
     * @param freeName whether it is a name that no dot comes before
     */
    record Token(String text, boolean freeName) {}

    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        String last = "";
        while (matcher.find()) {
            String token = matcher.group();
            boolean name = Character.isJavaIdentifierStart(token.charAt(0));
            tokens.add(new Token(token, name && !last.equals(".")));
            last = token.isBlank() ? last : token;
        }
        return tokens;
    }

    /** Why a text is no single call; null when it is one. */
    static @Nullable String fault(String text) {
        if (text.length() > MAX_LENGTH) {
            return "A replacement has at most " + MAX_LENGTH + " characters.";
        }
        int depth = 0;
        String last = "";
        for (Token token : tokens(text)) {
            char first = token.text().charAt(0);
            boolean literal = token.text().length() > 1 || Character.isLetterOrDigit(first) || first == '_';
            boolean sign = first == '-' || first == '+' || first == '>';
            boolean joined = sign && (last.equals("-") || last.equals("+")); // an arrow, an increment
            boolean torn = token.text().chars().anyMatch(Character::isISOControl);
            if (joined || torn || (!literal && MARKS.indexOf(first) < 0)) {
                return "A replacement is one call, without lambdas, conditions, assignments, comments and further statements.";
            }
            depth += first == '(' ? 1 : first == ')' ? -1 : 0;
            if (depth < 0) {
                break;
            }
            last = token.text();
        }
        boolean call = !text.isEmpty() && Character.isJavaIdentifierStart(text.charAt(0)) && text.endsWith(")");
        return call && depth == 0
                ? null
                : "A replacement is one call, such as 'this.get(key)', with as many '(' as ')'.";
    }
}
