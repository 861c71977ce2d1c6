package io.cachemigrator.migrator.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps of a migration, in their order. */
enum StepName {
    /** Stores answer, allow what is needed, and have room. */
    PREFLIGHT,
    /** Files are copied before they are changed. */
    BACKUP,
    /** The journal's schema is up to date. */
    SCHEMA,
    /** Sources are rewritten. */
    SOURCE,
    /** Settings are rewritten. */
    CONFIGURATION,
    /** Data are copied. */
    DATA,
    /** Both sides are compared. */
    VERIFY,
    /** Reads and writes go to the consolidated service. */
    STAGE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The step that the journal calls by this text. */
    static StepName of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(StepName::text).toList();
    }
}
