package io.cachemigrator.compat.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stage in a file: the first line that is neither blank nor a comment, as {@link Stage#text()} or {@code stage=} before
 * it. Beside it, a folder holds a file for each process that follows it. Thread safe.
 */
final class StageFile implements StagePlace {
    private static final int MAX_BYTES = 4_096;
    private static final int MAX_USAGE_BYTES = 2 << 20;

    private final Path file;
    private final Path seen;
    private final Path used;
    private final Clock clock;

    StageFile(Path file, Clock clock) {
        this.file = file;
        this.seen = file.resolveSibling(file.getFileName() + ".seen");
        this.used = file.resolveSibling(file.getFileName() + ".usage");
        this.clock = clock;
    }

    @Override
    public String name() {
        return "the file '" + file + "'";
    }

    @Override
    public Optional<Stage> read() {
        try {
            return Optional.of(Stage.parse(line(file).replaceFirst("^stage\\s*=\\s*", "")));
        } catch (IllegalArgumentException e) {
            throw new StageUnreadableException("The stage file '" + file + "' cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw failed("cannot be used", e, "Write a stage into it, or unset CACHE_STAGE_FILE.");
        }
    }

    private static String text(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(most), StandardCharsets.UTF_8);
        }
    }

    private static String line(Path file) throws IOException {
        return text(file, MAX_BYTES)
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty() && !each.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    @Override
    public void write(Stage stage) {
        try {
            replace(file, stage.text() + "\n");
        } catch (IOException e) {
            throw failed("cannot be written", e, "Make room or correct its permissions.");
        }
    }

    @Override
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("cannot be removed", e, "Correct the permissions of its folder.");
        }
    }

    @Override
    public void report(StagePresence presence) {
        try {
            replace(seen.resolve(presence.process()), presence.text(clock.millis()) + "\n");
        } catch (IOException e) {
            throw failed("cannot be told who follows it", e, "Let this process write into '" + seen + "'.");
        }
    }

    @Override
    public List<StagePresence> present() {
        List<StagePresence> present = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(seen, path -> !isPart(path))) {
            for (Path each : files) {
                presence(each).ifPresent(present::add);
            }
        } catch (NoSuchFileException | NotDirectoryException nobody) {
            return List.of();
        } catch (IOException e) {
            throw failed("does not tell who follows it", e, "Let this process read '" + seen + "'.");
        }
        return present;
    }

    private Optional<StagePresence> presence(Path report) throws IOException {
        try {
            return StagePresence.parse(String.valueOf(report.getFileName()), line(report), clock.millis());
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void reportUsage(String process, String text) {
        try {
            replace(used.resolve(process), text + "\n");
        } catch (IOException e) {
            throw failed("cannot be told who calls legacy APIs", e, "Let this process write into '" + used + "'.");
        }
    }

    @Override
    public List<String> usage() {
        List<String> texts = new ArrayList<>();
        Instant oldest = clock.instant().minus(USAGE_LIFE);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(used, path -> !isPart(path))) {
            for (Path each : files) {
                usage(each, oldest).ifPresent(texts::add);
            }
        } catch (NoSuchFileException | NotDirectoryException nobody) {
            return List.of();
        } catch (IOException e) {
            throw failed("does not tell who calls legacy APIs", e, "Let this process read '" + used + "'.");
        }
        return texts;
    }

    private static Optional<String> usage(Path record, Instant oldest) throws IOException {
        try {
            boolean over = Files.getLastModifiedTime(record).toInstant().isBefore(oldest);
            return over ? Optional.empty() : Optional.of(text(record, MAX_USAGE_BYTES));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** A reader sees the old content or the new one. */
    private static void replace(Path file, String content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".part-", null);
        try {
            Files.writeString(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isPart(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".part-");
    }

    private StageUnreadableException failed(String what, IOException e, String fix) {
        return new StageUnreadableException(
                "The stage file '" + file + "' " + what + ": " + e.getClass().getSimpleName() + ". " + fix, e);
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
