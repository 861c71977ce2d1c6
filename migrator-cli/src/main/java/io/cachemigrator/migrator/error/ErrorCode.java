package io.cachemigrator.migrator.error;

/** What can go wrong, with the code that users look up and the exit code that scripts read. */
public enum ErrorCode {
    /** A command, option or argument that does not exist, is missing or has a bad value. */
    USAGE("CM-101", ExitCode.USAGE),
    /** The toolkit's configuration file cannot be read. */
    BAD_CONFIG_FILE("CM-102", ExitCode.USAGE),
    /** A migration map has faults. */
    BAD_MAP("CM-103", ExitCode.USAGE),
    /** A store or journal URI is malformed or of a kind that this version does not take. */
    BAD_URI("CM-104", ExitCode.USAGE),
    /** A plan file cannot be read or is not a plan. */
    BAD_PLAN("CM-105", ExitCode.USAGE),
    /** Verification after the copy found differences. */
    VERIFICATION_FAILED("CM-201", ExitCode.FINDINGS),
    /** Entries were set aside because they could not be carried over. */
    QUARANTINED("CM-202", ExitCode.FINDINGS),
    /** The project folder is missing or cannot be read. */
    NO_PROJECT("CM-301", ExitCode.ENVIRONMENT),
    /** A store does not answer. */
    STORE_UNREACHABLE("CM-302", ExitCode.ENVIRONMENT),
    /** A store refuses the user or password. */
    STORE_DENIED("CM-303", ExitCode.ENVIRONMENT),
    /** A secure connection to a store cannot be made. */
    STORE_TLS("CM-304", ExitCode.ENVIRONMENT),
    /** A store forbids a command that is needed. */
    STORE_FORBIDS("CM-305", ExitCode.ENVIRONMENT),
    /** The target store is out of memory. */
    TARGET_FULL("CM-306", ExitCode.ENVIRONMENT),
    /** The journal cannot be opened or written. */
    JOURNAL_UNUSABLE("CM-307", ExitCode.ENVIRONMENT),
    /** The journal was written by a newer version. */
    JOURNAL_NEWER("CM-308", ExitCode.ENVIRONMENT),
    /** A file of the project cannot be read or written. */
    FILE_UNUSABLE("CM-309", ExitCode.ENVIRONMENT),
    /** A blocker that check reports stands in the way. */
    BLOCKED("CM-310", ExitCode.ENVIRONMENT),
    /** The running Java lacks the compiler. */
    NO_COMPILER("CM-311", ExitCode.ENVIRONMENT),
    /** The plan no longer says what is there. */
    PLAN_DRIFTED("CM-401", ExitCode.REFUSED),
    /** Another run holds the lock. */
    LOCKED("CM-402", ExitCode.REFUSED),
    /** A change was asked for without confirmation. */
    NOT_CONFIRMED("CM-403", ExitCode.REFUSED),
    /** A file was changed since the run that is to be undone. */
    FILE_CHANGED_SINCE("CM-404", ExitCode.REFUSED),
    /** An earlier run is unfinished. */
    UNFINISHED_RUN("CM-405", ExitCode.REFUSED),
    /** There is no run to resume or undo. */
    NO_SUCH_RUN("CM-406", ExitCode.REFUSED),
    /** A process has not seen the stage, or does not follow it. */
    STAGE_NOT_FOLLOWED("CM-410", ExitCode.REFUSED),
    /** Nobody has verified that the target has everything. */
    NOT_VERIFIED("CM-411", ExitCode.REFUSED),
    /** Files that would be rewritten have uncommitted changes. */
    UNCOMMITTED_CHANGES("CM-412", ExitCode.REFUSED),
    /** The project does not compile. */
    PROJECT_DOES_NOT_COMPILE("CM-502", ExitCode.FINDINGS),
    /** Tests that passed before the change fail after it; it was taken back. */
    TESTS_BROKEN("CM-503", ExitCode.FINDINGS),
    /** The project's tests could not be run, or tell nothing. */
    TESTS_UNUSABLE("CM-504", ExitCode.ENVIRONMENT),
    /** The work was interrupted; its state is journaled. */
    INTERRUPTED("CM-701", ExitCode.INTERRUPTED),
    /** A defect of this toolkit. */
    DEFECT("CM-901", ExitCode.DEFECT),
    /** A part that this version does not have. */
    NOT_AVAILABLE("CM-902", ExitCode.USAGE);

    private final String code;
    private final int exitCode;

    ErrorCode(String code, int exitCode) {
        this.code = code;
        this.exitCode = exitCode;
    }

    /** The code as users see it. */
    public String code() {
        return code;
    }

    /** The exit code of a command that ends with this error. */
    public int exitCode() {
        return exitCode;
    }
}
