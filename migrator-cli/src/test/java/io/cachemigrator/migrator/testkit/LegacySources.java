package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The sources of the bundled sample application. */
public final class LegacySources {
    private LegacySources() {}

    /** Copies the application into a folder. */
    public static void sampleTo(Path target) {
        sampleTo("support-desk", target);
    }

    /** Copies a bundled application into a folder. */
    public static void sampleTo(String title, Path target) {
        String folder = "/samples/" + title;
        URL marker = LegacySources.class.getResource(folder + "/pom.xml");
        try {
            if (marker.getProtocol().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(marker.toURI(), Map.of())) {
                    copy(jar.getPath(folder), target);
                }
            } else {
                copy(Path.of(marker.toURI()).getParent(), target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
