package io.cachemigrator.recipes.services;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Option;

/** Replaces the low-level Redis cache service by the consolidated caches. */
public final class MigrateRedisCacheService extends LegacyMigration {
    @Option(
            displayName = "Mark what is refused",
            description = "Whether a comment goes above each statement that stays. Defaults to `false`.",
            required = false)
    private final @Nullable Boolean markRefused;

    /** Without comments above what stays. */
    public MigrateRedisCacheService() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateRedisCacheService(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        this.markRefused = markRefused;
    }

    /** Whether a comment goes above each statement that stays; null means not. */
    public @Nullable Boolean getMarkRefused() {
        return markRefused;
    }

    @Override
    public String getDisplayName() {
        return "Migrate RedisCacheService to KeyedCache";
    }

    @Override
    public String getDescription() {
        return "Replaces the low-level Redis cache service, its options and its statistics. Files that hand the service to a conversation manager stay; migrate the whole family for those.";
    }

    @Override
    protected LegacyTypes types() {
        return LegacyTypes.service();
    }

    @Override
    protected boolean marksRefused() {
        return Boolean.TRUE.equals(markRefused);
    }
}
