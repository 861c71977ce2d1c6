package io.cachemigrator.migrator.settings;

import io.cachemigrator.map.ConfigurationAction;
import io.cachemigrator.map.ConfigurationKey;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.ValueConversion;
import io.cachemigrator.migrator.backup.ProjectFiles;
import io.cachemigrator.migrator.project.ProjectTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds legacy settings in a project's {@code .env} and properties files and works out the new files. Changes nothing.
 *
 * <p>A key that the project still mentions elsewhere stays and its new name is added after it; otherwise it is renamed in
 * place. A secret's value never leaves its line: a secret that is still mentioned stays as it is and is reported.
 */
public final class SettingsMigration {
    private static final long MAX_BYTES = 4 << 20;

    private final Path root;
    private final List<MigrationMap> maps;

    /** For the project in a folder and the families to migrate. */
    public SettingsMigration(Path root, List<MigrationMap> maps) {
        this.root = root;
        this.maps = maps;
    }

    /**
     * Reads the project's settings.
     *
     * @param mentionedInSource whether the project's sources, as they will be, still mention a key
     */
    public SettingsAnalysis analyse(Predicate<String> mentionedInSource) {
        List<SettingsChange> changes = new ArrayList<>();
        List<SettingsAnalysis.Problem> problems = new ArrayList<>();
        ProjectFiles files = new ProjectFiles(root);
        for (String path : settingsFiles()) {
            byte[] before = files.read(path);
            try {
                SettingsFile file = SettingsFile.parse(path, before);
                SettingsRewrite rewrite = new SettingsRewrite(file, keys(), mentionedInSource);
                SettingsFile after = rewrite.apply();
                List<SettingsFinding> findings = new ArrayList<>(rewrite.findings());
                findings.addAll(new SettingsClashes(file, keys()).find());
                if (!findings.isEmpty()) {
                    byte[] wanted = after.content();
                    findings.sort(Comparator.comparingInt(SettingsFinding::line));
                    changes.add(new SettingsChange(
                            path, before, wanted, SettingsDiff.of(file, after, keys()), List.copyOf(findings)));
                }
            } catch (SettingsFile.UnreadableException e) {
                problems.add(new SettingsAnalysis.Problem(path, e.line(), String.valueOf(e.getMessage())));
            }
        }
        return new SettingsAnalysis(List.copyOf(changes), List.copyOf(problems));
    }

    private List<ConfigurationKey> keys() {
        return maps.stream().flatMap(map -> map.configuration().stream()).toList();
    }

    private List<String> settingsFiles() {
        return ProjectTree.files(root, SettingsMigration::isSettingsFile, MAX_BYTES).stream()
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .toList();
    }

    private static boolean isSettingsFile(String name) {
        return name.equals(".env") || name.startsWith(".env.") || name.endsWith(".env") || name.endsWith(".properties");
    }

    /** Whether a key of the map stands for a setting. */
    static boolean matches(ConfigurationKey key, String canonical) {
        return key.key().endsWith("*")
                ? canonical.startsWith(key.key().substring(0, key.key().length() - 1))
                : key.key().equals(canonical);
    }

    /** Whether values of a key take part in a Redis URI. */
    static boolean isUriPart(ConfigurationKey key) {
        return key.action() == ConfigurationAction.RENAME
                && (key.conversion() == ValueConversion.REDIS_URI_HOST
                        || key.conversion() == ValueConversion.REDIS_URI_PORT
                        || key.conversion() == ValueConversion.REDIS_URI_DATABASE);
    }
}
