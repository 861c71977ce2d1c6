package io.cachemigrator.map;

import java.util.List;

/**
 * What is known of one legacy family: its APIs, its keys and its configuration, and what becomes of each. Immutable.
 *
 * @param family the family's name: lower-case letters, digits and hyphens
 * @param title one line for users
 * @param parameters what differs between installations
 * @param apis the legacy types
 * @param keySpaces the legacy keys that are migrated
 * @param exclusions the legacy keys that are left
 * @param configuration the legacy configuration keys
 */
public record MigrationMap(
        String family,
        String title,
        List<MapParameter> parameters,
        List<LegacyApi> apis,
        List<KeySpace> keySpaces,
        List<Exclusion> exclusions,
        List<ConfigurationKey> configuration) {
    /** Takes copies of the lists. */
    public MigrationMap {
        parameters = List.copyOf(parameters);
        apis = List.copyOf(apis);
        keySpaces = List.copyOf(keySpaces);
        exclusions = List.copyOf(exclusions);
        configuration = List.copyOf(configuration);
    }

    /**
     * Whether its uses can be found and nothing more: it names no recipe, no keys and no settings. Such a family takes part in an
     * inventory, and in no migration.
     */
    public boolean isInventoryOnly() {
        return keySpaces.isEmpty()
                && exclusions.isEmpty()
                && configuration.isEmpty()
                && apis.stream().allMatch(api -> api.recipe() == null);
    }
}
