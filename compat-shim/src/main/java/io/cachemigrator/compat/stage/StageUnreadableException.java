package io.cachemigrator.compat.stage;

/** A stage cannot be read or set where it is kept. The message says where and why, without users or passwords. */
public final class StageUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that ends with what to do. */
    public StageUnreadableException(String message) {
        super(message);
    }

    /** With a message that ends with what to do, and the cause. */
    public StageUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
