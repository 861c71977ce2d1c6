package io.cachemigrator.cache.envelope;

/** Bytes that cannot be opened here. The message says why and never holds the payload. */
public final class EnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong with the bytes. */
    public enum Kind {
        /** They are no envelope of a version this reader knows, were changed, or do not fit the region. */
        UNREADABLE,
        /** They are not encrypted, where only what is encrypted is admitted. */
        NOT_ENCRYPTED
    }

    /** Unreadable bytes, with the reason in a line. */
    public EnvelopeException(String message) {
        this(Kind.UNREADABLE, message);
    }

    /** With the reason, in a line. */
    public EnvelopeException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What is wrong with the bytes. */
    public Kind kind() {
        return kind;
    }
}
