package io.cachemigrator.migrator.source;

/**
 * Why a file is not rewritten.
 *
 * @param code a word for programs
 * @param reason a sentence for people
 * @param untouched whether not a byte of it may change; else a legacy object in it may still be handed on as a new one
 */
record Held(String code, String reason, boolean untouched) {
    /** The code of what the compiler refused. */
    static final String DOES_NOT_COMPILE = "DOES_NOT_COMPILE";

    /** Because of what the compiler says of the rewritten code. */
    static Held refused(CompileError error, boolean untouched) {
        return new Held(
                DOES_NOT_COMPILE,
                "The rewritten code would not compile (" + error.words() + "). Change it by hand.",
                untouched);
    }

    /** Because the compiler could not judge the file as it was. */
    static Held unjudged(CompileError error) {
        return new Held(
                "NOT_JUDGED",
                "Nobody can tell whether the rewritten code would compile, because the file does not compile now ("
                        + error.words() + "). Complete the class path.",
                true);
    }
}
