package io.cachemigrator.map.encoding;

/** Why a pickle is not read; the only exception that the pickle reader throws. */
final class PickleRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    PickleRefusal(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    Cause kind() {
        return cause;
    }

    static PickleRefusal malformed(String message) {
        return new PickleRefusal(Cause.MALFORMED, message);
    }

    static PickleRefusal code(String message) {
        return new PickleRefusal(Cause.CODE, message);
    }

    static PickleRefusal tooLarge(String message) {
        return new PickleRefusal(Cause.TOO_LARGE, message);
    }

    enum Cause {
        /** Not a pickle after all: truncated, unknown opcode, stack in disorder. */
        MALFORMED,
        /** The pickle wants code to be run. */
        CODE,
        /** Data without an equal in JSON. */
        UNREPRESENTABLE,
        /** A limit is passed. */
        TOO_LARGE
    }
}
