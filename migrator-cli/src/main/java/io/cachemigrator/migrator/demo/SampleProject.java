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
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The bundled legacy applications with their legacy data, each to be unpacked into a folder. */
public enum SampleProject {
    /** Of the services family. */
    SERVICES("support-desk", "samples/services-sample-keys.json"),
    /** Of the factory family; some of its data is encrypted with a key that is no secret, {@link #unpack} writes it, too. */
    FACTORY("text-lab", "samples/factory-sample-keys.json");

    private static final String KEY_FILE = "sample.key";
    private static final int KEY_BYTES = 32;

    private final String title;
    private final String data;

    SampleProject(String title, String data) {
        this.title = title;
        this.data = data;
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** The bundled legacy data. */
    public InputStream data() {
        return resource(data);
    }

    private static InputStream resource(String name) {
        InputStream stream = SampleProject.class.getClassLoader().getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("the toolkit's jars lack " + name);
        }
        return stream;
    }

    /** Unpacks the application. */
    public void unpack(Path folder) {
        String name = "samples/" + title;
        URL url = SampleProject.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new IllegalStateException("the toolkit's jars lack " + name);
        }
        try {
            URI uri = url.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    copy(jar.getPath(name), folder);
                }
            } else {
                copy(Path.of(uri), folder);
            }
            if (this == FACTORY) {
                byte[] key = new byte[KEY_BYTES];
                for (byte i = 0; i < KEY_BYTES; i++) {
                    key[i] = i;
                }
                Files.writeString(
                        folder.resolve(KEY_FILE), Base64.getUrlEncoder().encodeToString(key) + "\n");
                Files.writeString(folder.resolve("migrator.yml"), "encryption-keys: [file:" + KEY_FILE + "]\n");
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
