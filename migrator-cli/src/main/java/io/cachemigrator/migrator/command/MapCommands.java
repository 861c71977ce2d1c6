package io.cachemigrator.migrator.command;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.MapProblem;
import io.cachemigrator.map.MapResult;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code map list}, {@code map show} and {@code map validate}: migration maps. */
final class MapCommands {
    private MapCommands() {}

    private record MapEntry(String family, String title, int apis, int keySpaces, int exclusions, int settings) {}

    private record ListDocument(List<MapEntry> maps) {}

    private record ShowDocument(String family, String yaml) {}

    private record Problem(int line, int column, String path, String message, List<String> allowed) {}

    private record ValidateDocument(String file, boolean valid, List<Problem> problems) {}

    static CommandSpec list() {
        return new CommandSpec(
                "map list", "lists the built-in migration maps", "map list", false, List.of(), MapCommands::runList);
    }

    static CommandSpec show() {
        return new CommandSpec(
                "map show",
                "shows a migration map",
                "map show services",
                false,
                List.of(OptionSpec.argument(0, "name", "NAME", "family's name")),
                MapCommands::runShow);
    }

    static CommandSpec validate() {
        return new CommandSpec(
                "map validate",
                "checks a migration map of your own and lists every problem",
                "map validate my-cache.yml",
                false,
                List.of(OptionSpec.argument(0, "file", "FILE", "the map's file")),
                MapCommands::runValidate);
    }

    private static CommandResult runList(Invocation invocation) {
        List<MapEntry> maps = MigrationMaps.builtIn().values().stream()
                .map(map -> new MapEntry(
                        map.family(),
                        map.title(),
                        map.apis().size(),
                        map.keySpaces().size(),
                        map.exclusions().size(),
                        map.configuration().size()))
                .toList();
        List<String> lines = new ArrayList<>();
        maps.forEach(map -> lines.add(String.format(
                "%-12s %d APIs, %d key spaces, %d exclusions, %d settings: %s",
                map.family(), map.apis(), map.keySpaces(), map.exclusions(), map.settings(), map.title())));
        return new CommandResult(
                ExitCode.OK,
                new ListDocument(maps),
                lines,
                List.of("migrator map show " + maps.get(0).family()));
    }

    private static CommandResult runShow(Invocation invocation) {
        String name = invocation.required("name", "the name of a family");
        Optional<MigrationMap> map = MigrationMaps.builtIn(name);
        if (map.isEmpty()) {
            throw Invocation.usage(
                    "There is no family '" + name + "'.",
                    "Known families: "
                            + String.join(", ", MigrationMaps.builtIn().keySet()) + ".",
                    Nearest.to(name, MigrationMaps.builtIn().keySet())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Name one of them."));
        }
        String yaml = MigrationMaps.builtInText(name);
        List<String> lines = new ArrayList<>();
        yaml.lines().forEach(lines::add);
        return new CommandResult(ExitCode.OK, new ShowDocument(name, yaml), lines, List.of());
    }

    private static CommandResult runValidate(Invocation invocation) {
        String given = invocation.required("file", "the file of a map");
        Path file = invocation.currentFolder().resolve(given);
        MapResult result = MigrationMaps.load(file);
        if (result instanceof MapResult.Unreadable unreadable) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The migration map '" + given + "' cannot be read.",
                    unreadable.reason(),
                    "Name an existing file, or correct its permissions.");
        }
        if (result instanceof MapResult.Valid valid) {
            return new CommandResult(
                    ExitCode.OK,
                    new ValidateDocument(given, true, List.of()),
                    List.of(given + ": valid, family '" + valid.map().family() + "', key spaces "
                            + String.join(
                                    ", ",
                                    valid.map().keySpaces().stream()
                                            .map(KeySpace::name)
                                            .toList())),
                    List.of("add it under 'maps:' in migrator.yml, then run `migrator check`"));
        }
        List<MapProblem> problems = ((MapResult.Invalid) result).problems();
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(given + ":" + problem));
        lines.add(problems.size() + " problems");
        return new CommandResult(
                ExitCode.FINDINGS,
                new ValidateDocument(
                        given,
                        false,
                        problems.stream()
                                .map(p -> new Problem(p.line(), p.column(), p.path(), p.message(), p.allowed()))
                                .toList()),
                lines,
                List.of("correct the lines, then run `migrator map validate " + given + "` again"));
    }
}
