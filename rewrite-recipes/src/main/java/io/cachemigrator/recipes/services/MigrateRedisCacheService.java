package io.cachemigrator.recipes.services;

/** Replaces the low-level Redis cache service by the consolidated caches. */
public final class MigrateRedisCacheService extends LegacyMigration {

    @Override
    public String getDisplayName() {
        return "Migrate RedisCacheService to KeyedCache";
    }

    @Override
    public String getDescription() {
        return "Replaces the low-level Redis cache service, its options and its statistics. Files that hand the service to a conversation manager stay; migrate the whole family for those.";
    }

    @Override
    LegacyTypes types() {
        return LegacyTypes.service();
    }
}
