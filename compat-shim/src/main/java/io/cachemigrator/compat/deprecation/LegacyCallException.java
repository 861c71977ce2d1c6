package io.cachemigrator.compat.deprecation;

/** A legacy call where the application has decided to allow none. */
public final class LegacyCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LegacyCallException(String message) {
        super(message);
    }
}
