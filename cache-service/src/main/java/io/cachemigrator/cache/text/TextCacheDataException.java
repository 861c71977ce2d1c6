package io.cachemigrator.cache.text;

import org.jspecify.annotations.Nullable;

/** A command cannot be carried out on what it was given, or on what is under its key; nothing was changed. */
public final class TextCacheDataException extends TextCacheException {
    private static final long serialVersionUID = 1L;

    /** With a message. */
    public TextCacheDataException(String message) {
        super(message);
    }

    /** With a message, and what led to it; null = nothing known. */
    public TextCacheDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
