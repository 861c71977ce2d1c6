package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.report.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks git which files of a project have changes that were not committed. Changes nothing, not even git's index. */
final class GitTree {
    private final Path root;
    private final String git;
    private final Progress progress;

    /**
     * Of a project.
     *
     * @param root real path of its folder
     * @param git the program to ask
     * @param progress told when nobody can be asked
     */
    GitTree(Path root, String git, Progress progress) {
        this.root = root;
        this.git = git;
        this.progress = progress;
    }

    /** Those of some files, by their paths in the project, that have such changes; none outside a working tree. */
    List<String> uncommitted(Collection<String> files) {
        if (files.isEmpty() || !hasRepository()) {
            return List.of();
        }
        byte[] top = ask("rev-parse", "--show-prefix");
        byte[] status = top == null ? null : ask("status", "--porcelain", "-z", "--untracked-files=all", "--", ".");
        if (top == null || status == null) {
            return List.of();
        }
        String prefix = new String(top, StandardCharsets.UTF_8).replaceFirst("\\R$", "");
        Set<String> changed = new TreeSet<>();
        for (String path : paths(new String(status, StandardCharsets.UTF_8))) {
            if (path.startsWith(prefix) && files.contains(path.substring(prefix.length()))) {
                changed.add(path.substring(prefix.length()));
            }
        }
        return List.copyOf(changed);
    }

    private boolean hasRepository() {
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return true;
            }
        }
        return false;
    }

    /** Entries are {@code XY path}; a renamed one has its old path as an entry of its own. */
    private static List<String> paths(String status) {
        List<String> paths = new ArrayList<>();
        boolean old = false;
        for (String entry : status.split("\0")) {
            if (old) {
                paths.add(entry);
                old = false;
            } else if (entry.length() > 3) {
                paths.add(entry.substring(3));
                old = entry.charAt(0) == 'R' || entry.charAt(0) == 'C';
            }
        }
        return paths;
    }

    /** What git prints; null when it cannot say. The project's settings start no program here. */
    private byte @Nullable [] ask(String... words) {
        List<String> command = new ArrayList<>(List.of(git, "-c", "core.fsmonitor=false"));
        command.addAll(List.of(words));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(root.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
            Process process = builder.start();
            process.getOutputStream().close();
            byte[] said = process.getInputStream().readAllBytes();
            int exit = process.waitFor();
            if (exit == 0) {
                return said;
            }
            return skipped("git ended with " + exit);
        } catch (IOException missing) {
            return skipped("git could not be started");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return skipped("git was interrupted");
        }
    }

    private byte @Nullable [] skipped(String why) {
        progress.line("  warning: uncommitted changes were not looked for, because " + why);
        return null;
    }
}
