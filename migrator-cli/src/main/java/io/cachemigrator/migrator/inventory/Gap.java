package io.cachemigrator.migrator.inventory;

/**
 * Something that keeps the inventory from being complete, or that source and compiled classes do not agree on.
 *
 * @param kind which
 * @param file path in the project, with forward slashes; the module's folder where no single file is meant
 * @param line its line, from 1
 * @param what what it is about, in a few words
 * @param fix how to mend it, a sentence
 */
public record Gap(Kind kind, String file, int line, String what, String fix) {

    static Gap untyped(String file, int line, String what) {
        return new Gap(
                Kind.UNTYPED,
                file,
                line,
                "The type of " + what + " is unknown, so that a legacy use may hide here",
                "Complete the project's dependencies, or compile it where the class is generated.");
    }

    /** What kinds there are. */
    public enum Kind {
        /** A name that may be a legacy type, and whose type could not be found. */
        UNTYPED("untyped", true),
        /** An import that leads to nothing, of files that name no legacy type themselves. */
        UNKNOWN_IMPORT("unknown-import", false),
        /** A file that is no correct Java. */
        UNPARSABLE("unparsable", true),
        /** A file of a newer Java than the one that runs the toolkit. */
        NEWER_SYNTAX("newer-syntax", true),
        /** A dependency that could not be found. */
        MISSING_DEPENDENCY("missing-dependency", false),
        /** A build file whose class path cannot be worked out. */
        UNKNOWN_CLASSPATH("unknown-class-path", false),
        /** A Kotlin or Groovy file that names a legacy type. */
        OTHER_LANGUAGE("other-language", false),
        /** A link that leads out of the project and was not followed. */
        OUTSIDE_LINK("outside-link", false),
        /** A module with legacy uses that has no compiled classes. */
        NOT_COMPILED("not-compiled", false),
        /** A source with legacy uses that has no class. */
        CLASS_MISSING("class-missing", false),
        /** A class that is older than its source. */
        CLASS_STALE("class-stale", false),
        /** A class that could not be read. */
        CLASS_UNREADABLE("class-unreadable", false),
        /** A use in the source that the class does not have. */
        ONLY_IN_SOURCE("only-in-source", false);

        private final String rule;
        private final boolean hides;

        Kind(String rule, boolean hides) {
            this.rule = rule;
            this.hides = hides;
        }

        /** The rule's name in reports. */
        public String rule() {
            return "inventory/" + rule;
        }

        /** Whether legacy uses may hide behind it, so that no migration should start. */
        public boolean hides() {
            return hides;
        }
    }
}
