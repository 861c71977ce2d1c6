package io.cachemigrator.recipes.map;

import io.cachemigrator.map.MapResult;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the map that a recipe's options name. */
final class MapSource {
    private MapSource() {}

    /** What is wrong with the options, with its cause and remedy in three lines; null when nothing is. */
    static @Nullable String fault(@Nullable String map, @Nullable String text) {
        try {
            read(map, text);
            return null;
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }

    /**
     * The map.
     *
     * @throws IllegalArgumentException where there is none, with its cause and remedy
     */
    static MigrationMap read(@Nullable String map, @Nullable String text) {
        if ((map == null || map.isBlank()) == (text == null || text.isBlank())) {
            throw wrong(
                    "The recipe has no map.",
                    "Exactly one of the options 'map' and 'mapText' must be given.",
                    "Give 'map: FILE', or the name of a built-in family.");
        }
        if (text != null && !text.isBlank()) {
            if (text.length() > MigrationMaps.MAX_BYTES) {
                throw wrong(
                        "The map in 'mapText' cannot be used.",
                        "It is longer than " + MigrationMaps.MAX_BYTES + " characters.",
                        "Split it by family.");
            }
            return valid(MigrationMaps.parse(text, "mapText"), "mapText");
        }
        String name = String.valueOf(map);
        Optional<MigrationMap> builtIn = MigrationMaps.builtIn(name);
        return builtIn.isPresent() ? builtIn.get() : valid(MigrationMaps.load(file(name)), name);
    }

    private static MigrationMap valid(MapResult result, String name) {
        if (result instanceof MapResult.Valid valid) {
            return valid.map();
        }
        String why = result instanceof MapResult.Invalid invalid
                ? invalid.problems().get(0) + " (" + invalid.problems().size() + " in all)"
                : result instanceof MapResult.Unreadable unreadable ? unreadable.reason() : "";
        throw wrong(
                "The migration map '" + name + "' cannot be used.",
                why,
                "Run `migrator map validate` on it to see every problem.");
    }

    /** Only below the folder that the build runs in, links followed. */
    private static Path file(String name) {
        try {
            Path root = Path.of("").toRealPath();
            Path file = root.resolve(name);
            boolean inside = Files.exists(file)
                    ? file.toRealPath().startsWith(root)
                    : file.normalize().startsWith(root);
            if (!inside) {
                throw wrong(
                        "The migration map '" + name + "' cannot be used.",
                        "It is outside the folder that the build runs in.",
                        "Copy it into the project.");
            }
            return file;
        } catch (IOException | java.nio.file.InvalidPathException unusable) {
            IllegalArgumentException wrong = wrong(
                    "The migration map '" + name + "' cannot be used.",
                    "Its path is none: " + unusable.getClass().getSimpleName() + ".",
                    "Give a path in the project.");
            wrong.initCause(unusable);
            throw wrong;
        }
    }

    private static IllegalArgumentException wrong(String what, String why, String remedy) {
        return new IllegalArgumentException(what + "\n" + why + "\n" + remedy);
    }
}
