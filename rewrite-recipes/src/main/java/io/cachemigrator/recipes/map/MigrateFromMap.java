package io.cachemigrator.recipes.map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.recipes.services.LegacyMigration;
import io.cachemigrator.recipes.services.LegacyTypes;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Option;
import org.openrewrite.Validated;

/** Does what a migration map says of its APIs: renames types and methods, and writes other calls in place of calls. */
public final class MigrateFromMap extends LegacyMigration {
    @Option(
            displayName = "Map",
            description =
                    "A migration map: a file in the folder that the build runs in, or the name of a built-in family.",
            example = "sessions.yml",
            required = false)
    private final @Nullable String map;

    @Option(
            displayName = "Text of the map",
            description = "The map itself, in place of its file.",
            example = "format: 1\nfamily: in-house\n...",
            required = false)
    private final @Nullable String mapText;

    @Option(
            displayName = "Mark what is refused",
            description = "Whether a comment goes above each statement that stays. Defaults to `false`.",
            required = false)
    private final @Nullable Boolean markRefused;

    private final transient @Nullable MigrationMap given;
    private transient @Nullable LegacyTypes types;

    /**
     * Of a map in a file, or in a text.
     *
     * @param map a file or a built-in family; null where the text is given
     * @param mapText the map; null where its file is given
     * @param markRefused whether a comment goes above each statement that stays; null means not
     */
    @JsonCreator
    public MigrateFromMap(
            @JsonProperty("map") @Nullable String map,
            @JsonProperty("mapText") @Nullable String mapText,
            @JsonProperty("markRefused") @Nullable Boolean markRefused) {
        this.map = map;
        this.mapText = mapText;
        this.markRefused = markRefused;
        this.given = null;
    }

    private MigrateFromMap(MigrationMap given) {
        this.map = given.family();
        this.mapText = null;
        this.markRefused = null;
        this.given = given;
    }

    /** Of a map that was read already. */
    public static MigrateFromMap of(MigrationMap map) {
        return new MigrateFromMap(map);
    }

    /** The map's file or family; null where its text is given. */
    public @Nullable String getMap() {
        return map;
    }

    /** The map's text; null where its file is given. */
    public @Nullable String getMapText() {
        return mapText;
    }

    /** Whether a comment goes above each statement that stays; null means not. */
    public @Nullable Boolean getMarkRefused() {
        return markRefused;
    }

    @Override
    public String getDisplayName() {
        return "Migrate by a migration map";
    }

    @Override
    public String getDescription() {
        return "Renames the types and methods of a migration map and writes other calls in place of calls, in all files where every use has a replacement. The rest stays and is listed.";
    }

    @Override
    public Validated<Object> validate() {
        Validated<Object> validated = super.validate();
        if (given != null) {
            return validated;
        }
        String fault = MapSource.fault(map, mapText);
        return fault == null ? validated : validated.and(Validated.invalid("map", map, fault));
    }

    @Override
    protected LegacyTypes types() {
        if (types == null) {
            MigrationMap read = given == null ? MapSource.read(map, mapText) : given;
            types = MapTypes.of(read, MigrateFromMap.class.getName());
        }
        return types;
    }

    @Override
    protected boolean marksRefused() {
        return Boolean.TRUE.equals(markRefused);
    }
}
