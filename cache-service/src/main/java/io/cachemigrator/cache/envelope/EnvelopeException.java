package io.cachemigrator.cache.envelope;

/** Bytes that are not an envelope of a version this reader knows. The message says why and never holds the payload. */
public final class EnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason, in a line. */
    public EnvelopeException(String message) {
        super(message);
    }
}
