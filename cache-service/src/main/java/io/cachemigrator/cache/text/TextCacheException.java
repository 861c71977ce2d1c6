package io.cachemigrator.cache.text;

import org.jspecify.annotations.Nullable;

/** A command failed. The message ends with what to do, and names neither keys nor values. */
public class TextCacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message. */
    public TextCacheException(String message) {
        super(message);
    }

    /** With a message, and what led to it; null = nothing known. */
    public TextCacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
