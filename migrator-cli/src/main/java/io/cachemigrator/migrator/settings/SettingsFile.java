package io.cachemigrator.migrator.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} or properties file as its pieces in order; put together they give the file back to the byte.
 *
 * @param path path in the project, with forward slashes
 * @param dialect how it is written
 * @param entries its pieces
 */
record SettingsFile(String path, Dialect dialect, List<SettingsEntry> entries) {

    /** How a settings file is written. */
    enum Dialect {
        /** {@code KEY=value} lines as shells and dotenv libraries read them. */
        ENV,
        /** Java properties. */
        PROPERTIES
    }

    /** A file that is not what its name says. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;

        UnreadableException(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    private static final Pattern ENV_SETTING =
            Pattern.compile("^([ \\t]*(?:export[ \\t]+)?)([A-Za-z_][A-Za-z0-9_.]*)([ \\t]*=[ \\t]*)(.*)$");
    private static final Pattern PROPERTY = Pattern.compile(
            "^([ \\t\\f]*)([^\\s=:#!](?:[^\\s=:\\\\]|\\\\.)*)([ \\t\\f]*[=:][ \\t\\f]*|[ \\t\\f]+|$)(.*)$");
    private static final Pattern LINE = Pattern.compile("([^\\r\\n]*)(\\r\\n|\\n|\\r|$)");

    static SettingsFile parse(String path, byte[] content) throws UnreadableException {
        Dialect dialect = path.endsWith(".properties") ? Dialect.PROPERTIES : Dialect.ENV;
        List<SettingsEntry> entries = new ArrayList<>();
        Matcher lines = LINE.matcher(decode(content));
        int number = 0;
        while (lines.find() && !lines.group().isEmpty()) {
            number++;
            int start = number;
            StringBuilder text = new StringBuilder(lines.group(1));
            String end = lines.group(2);
            while (continues(dialect, text) && lines.find() && !lines.group().isEmpty()) {
                number++;
                text.append(end).append(lines.group(1));
                end = lines.group(2);
            }
            entries.add(entry(dialect, start, text.toString(), end));
        }
        return new SettingsFile(path, dialect, entries);
    }

    private static String decode(byte[] content) throws UnreadableException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableException(1, "it is not UTF-8 text");
        }
    }

    private static boolean continues(Dialect dialect, CharSequence text) {
        String line = text.toString();
        if (line.stripLeading().startsWith("#")) {
            return false;
        }
        if (dialect == Dialect.PROPERTIES) {
            int slashes = 0;
            while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
                slashes++;
            }
            return slashes % 2 == 1;
        }
        Matcher matcher = Pattern.compile(ENV_SETTING.pattern(), Pattern.DOTALL).matcher(line);
        return matcher.matches() && opensQuote(matcher.group(4));
    }

    private static boolean opensQuote(String value) {
        if (value.isEmpty() || (value.charAt(0) != '"' && value.charAt(0) != '\'')) {
            return false;
        }
        char quote = value.charAt(0);
        for (int i = 1; i < value.length(); i++) {
            if (value.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (value.charAt(i) == quote) {
                return false;
            }
        }
        return true;
    }

    private static SettingsEntry entry(Dialect dialect, int line, String text, String end) throws UnreadableException {
        String bare = text.strip();
        if (bare.isEmpty() || bare.startsWith("#") || (dialect == Dialect.PROPERTIES && bare.startsWith("!"))) {
            return new SettingsEntry(line, text, "", "", "", end);
        }
        Pattern pattern = Pattern.compile((dialect == Dialect.ENV ? ENV_SETTING : PROPERTY).pattern(), Pattern.DOTALL);
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new UnreadableException(line, "it is neither a comment nor KEY=value");
        }
        String value = matcher.group(4);
        if (dialect == Dialect.ENV && opensQuote(value)) {
            throw new UnreadableException(line, "the quote that opens the value is never closed");
        }
        return new SettingsEntry(line, matcher.group(1), matcher.group(2), matcher.group(3), value, end);
    }

    /** The file's text. */
    byte[] content() {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.text()));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A key in the form that maps use: {@code redis.url} and {@code redis-url} are {@code REDIS_URL}. */
    static String canonical(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** A map's key in the style in which {@code like} is written. */
    static String styled(String canonicalKey, String like) {
        if (like.equals(like.toUpperCase(Locale.ROOT))) {
            return canonicalKey;
        }
        String lower = canonicalKey.toLowerCase(Locale.ROOT);
        return like.contains("_") && !like.contains(".") ? lower : lower.replace('_', '.');
    }
}
