package io.cachemigrator.recipes.factory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cachemigrator.recipes.services.LegacyMigration;
import io.cachemigrator.recipes.services.LegacyTypes;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Option;

/** Replaces every legacy type of the factory family by caches of the factory. */
public final class MigrateFactory extends LegacyMigration {
    @Option(
            displayName = "Mark what is refused",
            description = "Whether a comment goes above each statement that stays. Defaults to `false`.",
            required = false)
    private final @Nullable Boolean markRefused;

    /** Without comments above what stays. */
    public MigrateFactory() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateFactory(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        this.markRefused = markRefused;
    }

    /** Whether a comment goes above each statement that stays; null means not. */
    public @Nullable Boolean getMarkRefused() {
        return markRefused;
    }

    @Override
    public String getDisplayName() {
        return "Migrate the factory family";
    }

    @Override
    public String getDescription() {
        return "Replaces caches that the environment chose or that were constructed directly by caches of the factory, in all files where that keeps what the code does. The rest stays and is listed, as are keys made by hand and variables read from the environment.";
    }

    @Override
    protected LegacyTypes types() {
        return FactoryTypes.all();
    }

    @Override
    protected boolean marksRefused() {
        return Boolean.TRUE.equals(markRefused);
    }
}
