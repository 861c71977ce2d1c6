package io.cachemigrator.recipes.services;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Option;

/** Replaces the conversation cache by the consolidated caches. */
public final class MigrateNgxCacheManager extends LegacyMigration {
    @Option(
            displayName = "Mark what is refused",
            description = "Whether a comment goes above each statement that stays. Defaults to `false`.",
            required = false)
    private final @Nullable Boolean markRefused;

    /** Without comments above what stays. */
    public MigrateNgxCacheManager() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateNgxCacheManager(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        this.markRefused = markRefused;
    }

    /** Whether a comment goes above each statement that stays; null means not. */
    public @Nullable Boolean getMarkRefused() {
        return markRefused;
    }

    @Override
    public String getDisplayName() {
        return "Migrate NgxCacheManager to ConversationCache";
    }

    @Override
    public String getDescription() {
        return "Replaces the conversation cache manager; the Redis cache service below it stays and hands out the new cache.";
    }

    @Override
    protected LegacyTypes types() {
        return LegacyTypes.conversations();
    }

    @Override
    protected boolean marksRefused() {
        return Boolean.TRUE.equals(markRefused);
    }
}
