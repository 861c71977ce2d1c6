package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A project in a folder, without sources unless a test writes some. */
public final class TestProject {
    /** Settings in the ways people write them, with a password. */
    public static final String SETTINGS = """
            # the cache
            REDIS_HOST=127.0.0.1
            export REDIS_PORT='6400'   # quoted
            REDIS_PASSWORD="%s"
            OTHER_SETTING=stays # with a comment

            REDIS_POOL_SIZE=10
            """;

    private final Path root;

    private TestProject(Path root) {
        this.root = root;
    }

    /** A new project in a folder that is made when missing. */
    public static TestProject in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new TestProject(folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #in}, of an application that runs nowhere: nobody has to be given time to see a stage. */
    public static TestProject atRest(Path folder) {
        return in(folder).file("migrator.yml", "stage-wait: PT0S\n");
    }

    public Path root() {
        return root;
    }

    public TestProject file(String name, String content) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a folder with everything in it. */
    public void removeFolder(String name) {
        Path top = root.resolve(name);
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String name) {
        try {
            return Files.readString(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything under {@code .migrator} apart from the backed-up contents, as text to search in. */
    public String keptState() {
        Path state = root.resolve(".migrator");
        StringBuilder text = new StringBuilder();
        for (Path file : files(state)) {
            if (!file.startsWith(state.resolve("backup"))) {
                try {
                    text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return text.toString();
    }

    /** Names of everything under {@code .migrator}. */
    public List<String> stateFiles() {
        return files(root.resolve(".migrator")).stream()
                .map(file -> root.relativize(file).toString())
                .toList();
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return new ArrayList<>(paths.filter(Files::isRegularFile).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
