package io.cachemigrator.cache.domain.ai;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model was asked. Immutable. {@link #toString()} shows no text.
 *
 * @param operation what is done with the text: letters, digits, {@code _}, {@code -} and {@code .}, at most 64
 * @param text the text; may be empty
 * @param options values that the answer depends on: null, text, numbers, booleans, and lists and maps of these
 * @param question a question about the text; null = none
 */
public record AiRequest(
        String operation,
        String text,
        Map<String, ?> options,
        @Nullable String question) {
    private static final Pattern OPERATION = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Checks and copies. */
    public AiRequest {
        if (!OPERATION.matcher(operation).matches()) {
            throw refused(
                    "An operation is named by letters, digits, '_', '-' and '.', and this one is not. Rename it.",
                    Map.of("length", operation.length()));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)
                || (question != null && !StandardCharsets.UTF_8.newEncoder().canEncode(question))) {
            throw refused(
                    "The text holds half of a surrogate pair, which has no bytes of its own. Repair the text.",
                    Map.of("operation", operation));
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A text without options or question. */
    public static AiRequest of(String operation, String text) {
        return new AiRequest(operation, text, Map.of(), null);
    }

    /** A copy with options. */
    public AiRequest withOptions(Map<String, ?> values) {
        return new AiRequest(operation, text, values, question);
    }

    /** A copy with a question; an empty one is none. */
    public AiRequest withQuestion(String asked) {
        return new AiRequest(operation, text, options, asked.isEmpty() ? null : asked);
    }

    /** How many characters the text has, counted as Unicode code points. */
    public int length() {
        return text.codePointCount(0, text.length());
    }

    static ValidationException refused(String message, Map<String, ?> context) {
        return new ValidationException(CacheErrorCode.BAD_ARGUMENT, message, context);
    }

    @Override
    public String toString() {
        return "AiRequest[" + operation + ", " + length() + " characters, " + options.size() + " options]";
    }
}
