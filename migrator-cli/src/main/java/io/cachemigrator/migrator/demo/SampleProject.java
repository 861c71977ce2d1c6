package io.cachemigrator.migrator.demo;

import io.cachemigrator.migrator.backup.ContentStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The bundled legacy application, unpacked into a folder. */
public final class SampleProject {
    private static final String NAME = "samples/support-desk";
    private static final String DATA = "samples/services-sample-keys.json";
    private static final String FACTORY_DATA = "samples/factory-sample-keys.json";

    private SampleProject() {}

    /** The bundled legacy data of the services family. */
    public static InputStream data() {
        return resource(DATA);
    }

    /** The bundled legacy data of the factory family. */
    public static InputStream factoryData() {
        return resource(FACTORY_DATA);
    }

    private static InputStream resource(String name) {
        InputStream stream = SampleProject.class.getClassLoader().getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the toolkit's jars lack " + name);
        }
        return stream;
    }

    /** Unpacks the application. */
    public static void unpack(Path folder) {
        URL url = SampleProject.class.getClassLoader().getResource(NAME);
        if (url == null) {
            throw new IllegalStateException("the toolkit's jars lack " + NAME);
        }
        try {
            URI uri = url.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    copy(jar.getPath(NAME), folder);
                }
            } else {
                copy(Path.of(uri), folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sample cannot be unpacked into " + folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds a name that is no URI: " + url, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Hash of every file of a project, the toolkit's own folder left out. */
    public static Map<String, String> hashes(Path folder) {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isRegularFile(path) && !name.startsWith(".migrator/")) {
                    hashes.put(name, ContentStore.sha256(Files.readAllBytes(path)));
                }
            }
            return hashes;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
        }
    }

    /** Removes a folder with everything in it. */
    public static void remove(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be removed", e);
        }
    }
}
