package io.cachemigrator.cache.local;

/** A load failed with an error, which is the cause. */
public final class LoadError extends Error {
    private static final long serialVersionUID = 1L;

    /** With what the loader threw. */
    public LoadError(Error cause) {
        super(cause);
    }

    /** With a message and what the loader threw. */
    public LoadError(String message, Error cause) {
        super(message, cause);
    }
}
