package io.cachemigrator.migrator.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Proposes values of options in the interactive shell.
 *
 * @param families names of the known families
 * @param regions names of the known regions
 * @param runs ids of the runs in the current project's journal
 * @param currentFolder folder that file names start from
 */
record Completions(
        Supplier<List<String>> families,
        Supplier<List<String>> regions,
        Supplier<List<String>> runs,
        Path currentFolder) {

    /** Proposes nothing but fixed values: for one command, where nobody presses the tabulator. */
    static final Completions NONE = new Completions(List::of, List::of, List::of, Path.of(""));

    private static final int MOST_FILES = 200;

    List<String> of(OptionSpec option, @Nullable String typed) {
        if (!option.allowed().isEmpty()) {
            return option.allowed();
        }
        return switch (String.valueOf(option.label())) {
            case "NAME" -> families.get();
            case "REGION" -> regions.get();
            case "ID" -> option.name().equals("run") ? runs.get() : List.of();
            case "FILE", "DIR" -> files(typed == null ? "" : typed);
            default -> List.of();
        };
    }

    private List<String> files(String typed) {
        int slash = typed.lastIndexOf('/');
        String folder = slash < 0 ? "" : typed.substring(0, slash + 1);
        Path start = currentFolder.resolve(folder.isEmpty() ? "." : folder);
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(start)) {
            return names;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(start)) {
            for (Path entry : entries) {
                if (names.size() == MOST_FILES) {
                    break;
                }
                names.add(folder + entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""));
            }
        } catch (IOException e) {
            // a folder that cannot be listed has nothing to propose
            return List.of();
        }
        return names;
    }
}
