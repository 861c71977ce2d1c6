package io.cachemigrator.migrator.project;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.JournalUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project under migration, and where everything about it is. Immutable; its text form holds no secret.
 *
 * @param root real path of the project's folder
 * @param config what its {@code migrator.yml} says
 * @param legacy legacy store; null = no data to move
 * @param target target store; null only when there is no legacy store
 * @param journal where the journal is
 * @param families families asked for; empty = all detected
 */
public record Workspace(
        Path root,
        MigratorConfig config,
        @Nullable StoreUri legacy,
        @Nullable StoreUri target,
        JournalUrl journal,
        List<String> families) {

    /**
     * What the command line says about the project; null and empty = not said.
     *
     * @param project {@code --project}
     * @param configFile {@code --config}
     * @param legacy {@code --legacy}
     * @param target {@code --target}
     * @param journal {@code --journal}
     * @param families {@code --family}
     */
    public record Request(
            @Nullable String project,
            @Nullable String configFile,
            @Nullable String legacy,
            @Nullable String target,
            @Nullable String journal,
            List<String> families) {}

    /** Resolves a request: options first, then {@code migrator.yml}, then the legacy settings of the project. */
    public static Workspace resolve(Request request, Path currentFolder, Map<String, String> environment) {
        checkOptions(request, currentFolder);
        Path root = projectRoot(request.project(), currentFolder);
        MigratorConfig config = config(request.configFile(), root, currentFolder, environment);
        String legacyText = firstOf(request.legacy(), config.legacy());
        if (legacyText == null) {
            legacyText = LegacySettings.storeUri(root);
        }
        String targetText = firstOf(request.target(), config.target());
        StoreUri legacy = legacyText == null ? null : StoreUri.parse("--legacy", legacyText, root);
        StoreUri target = target(targetText, legacy, root);
        String journal = firstOf(request.journal(), config.journal());
        JournalUrl journalUrl = journal == null
                ? JournalUrl.file(root.resolve(".migrator").resolve("journal.db"))
                : new JournalUrl(journal);
        List<String> families = request.families().isEmpty() ? config.families() : request.families();
        return new Workspace(root, config, legacy, target, journalUrl, List.copyOf(families));
    }

    /** The target is the legacy store when none is named and that one can be written. */
    private static @Nullable StoreUri target(@Nullable String text, @Nullable StoreUri legacy, Path base) {
        if (text == null) {
            return legacy != null && legacy.kind().isRedis() ? legacy : null;
        }
        StoreUri target = StoreUri.parse("--target", text, base);
        refuseUnwritable(target);
        if (legacy != null
                && (legacy.kind() == StoreUri.Kind.DISKCACHE || legacy.kind() == StoreUri.Kind.DISK)
                && target.kind() == StoreUri.Kind.DISK
                && isSame(legacy.folder(), target.folder())) {
            throw new MigratorException(
                    ErrorCode.BAD_URI,
                    "--legacy and --target name the same folder.",
                    "A folder that is read as a legacy store is not written into.",
                    "Name another folder with --target disk:DIR.");
        }
        return target;
    }

    /** Also where a link leads to it. */
    private static boolean isSame(Path one, Path other) {
        try {
            return one.equals(other) || (Files.exists(other) && Files.isSameFile(one, other));
        } catch (IOException unreadable) {
            // whoever opens it says what is wrong with it
            return false;
        }
    }

    private static void refuseUnwritable(StoreUri target) {
        if (!target.kind().isWritable()) {
            throw new MigratorException(
                    ErrorCode.BAD_URI,
                    "--target cannot be " + target + ".",
                    "A migration reads dump files and diskcache folders, and writes neither.",
                    "Name a Redis server or disk:DIR with --target.");
        }
    }

    /** Bad values are told before a missing project is. */
    private static void checkOptions(Request request, Path currentFolder) {
        if (request.legacy() != null) {
            StoreUri.parse("--legacy", request.legacy(), currentFolder);
        }
        if (request.target() != null) {
            refuseUnwritable(StoreUri.parse("--target", request.target(), currentFolder));
        }
        if (request.journal() != null) {
            JournalUrl.check(request.journal());
        }
    }

    private static Path projectRoot(@Nullable String project, Path currentFolder) {
        Path folder = currentFolder.resolve(project == null ? "." : project);
        try {
            if (!Files.isDirectory(folder)) {
                throw noProject(folder, Files.exists(folder) ? "It is not a folder." : "There is no such folder.");
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw noProject(folder, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static MigratorException noProject(Path folder, String why) {
        return new MigratorException(
                ErrorCode.NO_PROJECT,
                "The project '" + folder.normalize() + "' cannot be opened.",
                why,
                "Name the project's folder with --project DIR.");
    }

    private static MigratorConfig config(
            @Nullable String configFile, Path root, Path currentFolder, Map<String, String> environment) {
        if (configFile != null) {
            Path file = currentFolder.resolve(configFile);
            if (!Files.isRegularFile(file)) {
                throw new MigratorException(
                        ErrorCode.FILE_UNUSABLE,
                        "The configuration file '" + file.normalize() + "' cannot be read.",
                        "There is no such file.",
                        "Name an existing file with --config FILE.");
            }
            return MigratorConfig.read(file, environment);
        }
        Path file = root.resolve("migrator.yml");
        return Files.isRegularFile(file) ? MigratorConfig.read(file, environment) : MigratorConfig.EMPTY;
    }

    private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /** The folder in which the toolkit keeps what it needs for this project. */
    public Path stateFolder() {
        return root.resolve(".migrator");
    }

    /** The legacy store, which must have been named. */
    public StoreUri requireLegacy() {
        if (legacy == null) {
            throw missing("--legacy");
        }
        return legacy;
    }

    /** The target store, which must have been named. */
    public StoreUri requireTarget() {
        if (target == null) {
            throw missing("--target");
        }
        return target;
    }

    private static MigratorException missing(String option) {
        return new MigratorException(
                ErrorCode.USAGE,
                "No store is named by " + option + ".",
                "Neither the command line, nor migrator.yml, nor the project's settings name one.",
                "Add " + option + " redis://HOST:PORT.");
    }
}
