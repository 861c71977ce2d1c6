package io.cachemigrator.cache.text;

import org.jspecify.annotations.Nullable;

/** The store cannot be reached, so that what became of a command may not be known. */
public final class TextCacheConnectionException extends TextCacheException {
    private static final long serialVersionUID = 1L;

    /** With a message. */
    public TextCacheConnectionException(String message) {
        super(message);
    }

    /** With a message, and what led to it; null = nothing known. */
    public TextCacheConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
