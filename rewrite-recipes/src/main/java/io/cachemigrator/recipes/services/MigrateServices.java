package io.cachemigrator.recipes.services;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Option;

/** Replaces every legacy type of the family by the consolidated caches. */
public final class MigrateServices extends LegacyMigration {
    @Option(
            displayName = "Mark what is refused",
            description = "Whether a comment goes above each statement that stays. Defaults to `false`.",
            required = false)
    private final @Nullable Boolean markRefused;

    /** Without comments above what stays. */
    public MigrateServices() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateServices(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        this.markRefused = markRefused;
    }

    /** Whether a comment goes above each statement that stays; null means not. */
    public @Nullable Boolean getMarkRefused() {
        return markRefused;
    }

    @Override
    public String getDisplayName() {
        return "Migrate the services family";
    }

    @Override
    public String getDescription() {
        return "Replaces the legacy Redis cache services and the conversation cache by the consolidated ones, in all files where that keeps what the code does. The rest stays and is listed.";
    }

    @Override
    protected LegacyTypes types() {
        return LegacyTypes.all();
    }

    @Override
    protected boolean marksRefused() {
        return Boolean.TRUE.equals(markRefused);
    }
}
