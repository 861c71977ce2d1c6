package io.cachemigrator.migrator.run;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyUsage;
import io.cachemigrator.map.MapProblem;
import io.cachemigrator.map.MapResult;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the maps of the families that a project asks for: the built-in ones, and those that its configuration names. */
public final class Families {
    private final Map<String, MigrationMap> known = new LinkedHashMap<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final Workspace workspace;

    /** Of a project. */
    public Families(Workspace workspace) {
        this.workspace = workspace;
        for (MigrationMap map : MigrationMaps.builtIn().values()) {
            add(map, MigrationMaps.builtInText(map.family()));
        }
        for (String file : workspace.config().maps()) {
            load(inside(file));
        }
    }

    /** Only files of the project, links followed. */
    private Path inside(String name) {
        Path root = workspace.root();
        try {
            Path file = root.resolve(name);
            boolean inside = Files.exists(file)
                    ? file.toRealPath().startsWith(root.toRealPath())
                    : file.normalize().startsWith(root.normalize());
            if (inside) {
                return file;
            }
        } catch (IOException | InvalidPathException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The migration map " + name + " cannot be read.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Correct 'maps:' in migrator.yml.",
                    e);
        }
        throw new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "The migration map " + name + " cannot be used.",
                "It is outside the project " + root + ".",
                "Copy it into the project, and correct 'maps:' in migrator.yml.");
    }

    private void load(Path file) {
        MapResult result = MigrationMaps.load(file);
        if (result instanceof MapResult.Invalid invalid) {
            MapProblem first = invalid.problems().get(0);
            throw new MigratorException(
                    ErrorCode.BAD_MAP,
                    "The migration map " + file + " cannot be used.",
                    first
                            + (invalid.problems().size() > 1
                                    ? " (and " + (invalid.problems().size() - 1) + " more)"
                                    : ""),
                    "Run `migrator map validate " + file + "` to see every problem.");
        }
        if (result instanceof MapResult.Unreadable unreadable) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The migration map " + file + " cannot be read.",
                    unreadable.reason(),
                    "Correct 'maps:' in migrator.yml.");
        }
        if (result instanceof MapResult.Valid valid) {
            try {
                add(valid.map(), Files.readString(file));
            } catch (IOException e) {
                throw new MigratorException(
                        ErrorCode.FILE_UNUSABLE,
                        "The migration map " + file + " cannot be read.",
                        e.getClass().getSimpleName() + ": " + e.getMessage(),
                        "Correct its permissions.",
                        e);
            }
        }
    }

    private void add(MigrationMap map, String text) {
        known.put(map.family(), map);
        hashes.put(map.family(), ContentStore.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Names of every known family. */
    public List<String> names() {
        return List.copyOf(known.keySet());
    }

    /**
     * The maps of the families asked for; when none was named, of all known ones, but of a family that claims whatever nothing else
     * does only where the project's sources name its types.
     */
    public MapSet selected() {
        List<MigrationMap> maps = new ArrayList<>();
        for (MigrationMap map : asked()) {
            if (map.isInventoryOnly()) {
                throw new MigratorException(
                        ErrorCode.USAGE,
                        "The family '" + map.family() + "' cannot be migrated yet.",
                        "There is no recipe for it, and it has no keys and no settings of its own; `migrator check` finds its uses.",
                        "Leave it out of --family, or out of 'families:' in migrator.yml.");
            }
            maps.add(map);
        }
        return set(maps);
    }

    /** As {@link #selected}, without those of the families asked for that can only be found, for what takes inventory. */
    public MapSet migratable() {
        return set(asked().stream().filter(map -> !map.isInventoryOnly()).toList());
    }

    /** The maps of the families asked for that can only be found; when none was named, of all such. */
    public List<MigrationMap> inventoried() {
        return (workspace.families().isEmpty() ? known.values() : asked())
                .stream().filter(MigrationMap::isInventoryOnly).toList();
    }

    private List<MigrationMap> asked() {
        List<MigrationMap> maps = new ArrayList<>();
        for (String family : workspace.families().isEmpty() ? detected() : workspace.families()) {
            MigrationMap map = known.get(family);
            if (map == null) {
                throw new MigratorException(
                        ErrorCode.USAGE,
                        "There is no family '" + family + "'.",
                        "Known families: " + String.join(", ", known.keySet()) + ".",
                        "Name one of them with --family, or add your own map under 'maps:' in migrator.yml.");
            }
            maps.add(map);
        }
        return maps;
    }

    private MapSet set(List<MigrationMap> maps) {
        try {
            MapSet selected = new MapSet(
                    maps,
                    workspace.config().parameters(),
                    workspace.config().encryptionKeys().keys());
            StoreUri legacy = workspace.legacy();
            return legacy != null && legacy.kind() == StoreUri.Kind.DISK ? selected.forStoredEntries() : selected;
        } catch (IllegalArgumentException e) {
            throw new MigratorException(
                    ErrorCode.BAD_CONFIG_FILE,
                    "The 'parameters:' of migrator.yml do not fit the maps.",
                    String.valueOf(e.getMessage()),
                    "Correct them; `migrator map show FAMILY` lists what a map takes.",
                    e);
        }
    }

    /**
     * The maps of the families asked for, whatever the sources are; when none was named, of all known ones that can be migrated.
     *
     * @throws MigratorException where a family was named of which compiled classes tell nothing
     */
    public List<MigrationMap> named() {
        if (workspace.families().isEmpty()) {
            return known.values().stream().filter(map -> !map.isInventoryOnly()).toList();
        }
        List<MigrationMap> maps = asked();
        for (MigrationMap map : maps) {
            if (map.isInventoryOnly() && map.apis().stream().allMatch(api -> api.usage() != LegacyUsage.ANY)) {
                throw new MigratorException(
                        ErrorCode.USAGE,
                        "Compiled classes tell nothing of the family '" + map.family() + "'.",
                        "What makes its types legacy is the code around them.",
                        "Leave it out of --family; `migrator check` finds its uses in the sources.");
            }
        }
        return maps;
    }

    private List<String> detected() {
        Map<String, List<String>> types = new LinkedHashMap<>();
        known.values().stream().filter(Families::isOpen).forEach(map -> types.put(map.family(), typesOf(map)));
        Set<String> named = SourceNames.of(workspace.root(), types);
        return known.keySet().stream()
                .filter(family -> !types.containsKey(family) || named.contains(family))
                .filter(family -> !isInventoryOnly(family))
                .toList();
    }

    private boolean isInventoryOnly(String family) {
        MigrationMap map = known.get(family);
        return map != null && map.isInventoryOnly();
    }

    private static boolean isOpen(MigrationMap map) {
        return map.keySpaces().stream().anyMatch(KeySpace::open);
    }

    /** Legacy types, and what replaces these and no others: once the sources are rewritten, the family is still theirs. */
    private List<String> typesOf(MigrationMap map) {
        Set<String> others = known.values().stream()
                .filter(other -> !other.family().equals(map.family()) && !other.isInventoryOnly())
                .flatMap(other -> other.apis().stream())
                .map(LegacyApi::replacement)
                .collect(Collectors.toSet());
        return map.apis().stream()
                .flatMap(api -> Stream.of(
                        api.type(),
                        api.type().substring(0, api.type().lastIndexOf('.') + 1) + "*",
                        others.contains(api.replacement()) ? api.type() : api.replacement()))
                .distinct()
                .toList();
    }

    /** Hash of the text of each selected map, by family. */
    public Map<String, String> hashes(MapSet maps) {
        Map<String, String> selected = new LinkedHashMap<>();
        maps.families().forEach(family -> selected.put(family, hashes.getOrDefault(family, "")));
        return selected;
    }
}
