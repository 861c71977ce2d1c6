package io.cachemigrator.cache.element;

/** A cache could not be made or used as asked for. */
public class ElementCacheException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public ElementCacheException(String message) {
        super(message);
    }

    /** With what is wrong, what to do, and the cause. */
    public ElementCacheException(String message, Throwable cause) {
        super(message, cause);
    }
}
