package io.cachemigrator.cache.local;

/** A load failed with an exception that need not be declared, which is the cause; or one that had to be was asked for without. */
public final class UncheckedLoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what the loader threw. */
    public UncheckedLoadException(Throwable cause) {
        super(cause);
    }

    /** With a message and what the loader threw. */
    public UncheckedLoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
