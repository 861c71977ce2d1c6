package io.cachemigrator.migrator.error;

import org.jspecify.annotations.Nullable;

/**
 * Root of the engine's exceptions: what went wrong, why, and how to fix it, one line each, without secrets.
 */
public final class MigratorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String what;
    private final String why;
    private final String fix;

    /** Without a cause. */
    public MigratorException(ErrorCode code, String what, String why, String fix) {
        this(code, what, why, fix, null);
    }

    /** With a cause, which may be null. */
    public MigratorException(ErrorCode code, String what, String why, String fix, @Nullable Throwable cause) {
        super(code.code() + " " + what + " " + why, cause);
        this.code = code;
        this.what = oneLine(what);
        this.why = oneLine(why);
        this.fix = oneLine(fix);
    }

    /** Which error this is. */
    public ErrorCode code() {
        return code;
    }

    /** What went wrong. */
    public String what() {
        return what;
    }

    /** Why. */
    public String why() {
        return why;
    }

    /** What to do about it. */
    public String fix() {
        return fix;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
