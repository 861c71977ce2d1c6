package io.cachemigrator.migrator.error;

/** Exit codes of the command line; scripts rely on them. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** Findings, differences, violations, quarantined entries. */
    public static final int FINDINGS = 1;
    /** Wrong usage. */
    public static final int USAGE = 2;
    /** A store, database, file or permission is missing or refused. */
    public static final int ENVIRONMENT = 3;
    /** Refused for safety. */
    public static final int REFUSED = 4;
    /** Interrupted; state is journaled. */
    public static final int INTERRUPTED = 5;
    /** A defect of the toolkit. */
    public static final int DEFECT = 70;

    private ExitCode() {}
}
