package io.cachemigrator.recipes.services;

/** Replaces the conversation cache by the consolidated caches. */
public final class MigrateNgxCacheManager extends LegacyMigration {

    @Override
    public String getDisplayName() {
        return "Migrate NgxCacheManager to ConversationCache";
    }

    @Override
    public String getDescription() {
        return "Replaces the conversation cache manager; the Redis cache service below it stays and hands out the new cache.";
    }

    @Override
    LegacyTypes types() {
        return LegacyTypes.conversations();
    }
}
