package io.cachemigrator.cache.codec;

import org.jspecify.annotations.Nullable;

/** Bytes that a codec cannot read. The message says why and never holds the value. */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason, in a line. */
    public CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
