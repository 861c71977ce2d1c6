package io.cachemigrator.recipes.services;

/** Replaces every legacy type of the family by the consolidated caches. */
public final class MigrateServices extends LegacyMigration {

    @Override
    public String getDisplayName() {
        return "Migrate the services family";
    }

    @Override
    public String getDescription() {
        return "Replaces the legacy Redis cache services and the conversation cache by the consolidated ones, in all files where that keeps what the code does. The rest stays and is listed.";
    }

    @Override
    LegacyTypes types() {
        return LegacyTypes.all();
    }
}
