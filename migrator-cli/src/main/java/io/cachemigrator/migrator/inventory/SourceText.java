package io.cachemigrator.migrator.inventory;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be told of a source without parsing it. */
final class SourceText {
    private static final String GAP = "(?:\\s|/\\*.*?\\*/|//[^\\n]*\\n)*";
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\r\\n]*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

    private final Map<String, Pattern> spaced = new ConcurrentHashMap<>();

    /** The package that a source is in; empty = none. */
    static String packageOf(String text) {
        int at = afterComments(text);
        int end = text.indexOf(';', at);
        if (end < 0 || !text.startsWith("package", at)) {
            return "";
        }
        return COMMENT.matcher(text.substring(at + "package".length(), end))
                .replaceAll("")
                .replaceAll("\\s", "");
    }

    /** What comes before the first class, with the lines where they are and comments blank. */
    static String head(String text) {
        String blank = COMMENT.matcher(text)
                .replaceAll(comment -> "\n".repeat((int)
                        comment.group().chars().filter(letter -> letter == '\n').count()));
        int brace = blank.indexOf('{');
        return brace < 0 ? blank : blank.substring(0, brace);
    }

    private static int afterComments(String text) {
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else {
                return at;
            }
        }
        return at;
    }

    /** Whether a dotted name is in a text, with or without spaces and comments between its parts; escapes count as a yes. */
    boolean mentions(String text, String name) {
        if (text.contains(name) || text.contains("\\u")) {
            return true;
        }
        String last = name.substring(name.lastIndexOf('.') + 1);
        return text.contains(last) && pattern(name).matcher(text).find();
    }

    private Pattern pattern(String name) {
        return spaced.computeIfAbsent(
                name, dotted -> Pattern.compile(dotted.replace(".", GAP + "\\." + GAP), Pattern.DOTALL));
    }

    /** Whether one of some words is in a text. */
    static boolean hasWord(String text, Collection<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            if (words.contains(word.group())) {
                return true;
            }
        }
        return false;
    }

    /** The line of a place in a text, from 1. */
    static int line(String text, int at) {
        return 1
                + (int) text.substring(0, at)
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
    }
}
