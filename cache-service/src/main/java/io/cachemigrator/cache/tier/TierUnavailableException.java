package io.cachemigrator.cache.tier;

import org.jspecify.annotations.Nullable;

/** A store that cannot answer now. The message is the reason, in a line, without secrets. */
public final class TierUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public TierUnavailableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** The reason, in a line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
