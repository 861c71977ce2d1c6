package io.cachemigrator.recipes.services;

import org.openrewrite.Column;
import org.openrewrite.DataTable;
import org.openrewrite.Recipe;

/** A row for each place that uses a legacy API, and what became of it. */
public final class LegacyCallSites extends DataTable<LegacyCallSites.Row> {

    /** Message of the execution context: files that must stay as they are, each with the reason in words. */
    public static final String KEPT_FILES = "io.cachemigrator.recipes.kept-files";

    /** Message of the execution context: paths of the project's sources that are not given to the recipe, by the classes in them. */
    public static final String OTHER_CLASSES = "io.cachemigrator.recipes.other-classes";

    /** The table of a recipe. */
    public LegacyCallSites(Recipe recipe) {
        super(recipe, "Legacy call sites", "Each place that uses a legacy cache API, and what became of it.");
    }

    /** What became of a call site. */
    public enum Outcome {
        /** Rewritten to the new API. */
        REWRITTEN,
        /** Rewritten over an accessor that keeps the legacy object behind it. */
        ADAPTED,
        /** Left as it is. */
        REFUSED
    }

    /**
     * One call site.
     *
     * @param sourcePath file, with forward slashes
     * @param line its line before the rewriting, from 1
     * @param api what is used, such as {@code RedisCacheService.get}; {@code <init>} stands for construction
     * @param outcome what became of it
     * @param reasonCode why it is not simply rewritten; empty when it is
     * @param reason the same in words; empty when it is rewritten
     */
    public record Row(
            @Column(displayName = "Source path", description = "The file.")
            String sourcePath,

            @Column(displayName = "Line", description = "The line before the rewriting, from 1.")
            int line,

            @Column(displayName = "API", description = "The legacy type and its member.")
            String api,

            @Column(displayName = "Outcome", description = "What became of the call site.")
            Outcome outcome,

            @Column(displayName = "Reason code", description = "Why it is not simply rewritten.")
            String reasonCode,

            @Column(displayName = "Reason", description = "The same in words.")
            String reason) {}
}
