package io.cachemigrator.migrator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A project with Java code that really compiles, against jars in its folder {@code lib}. */
public final class CodeProject {
    private final Path root;

    private CodeProject(Path root) {
        this.root = root;
    }

    /** In a folder, which is made when missing. */
    public static CodeProject in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new CodeProject(folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path root() {
        return root;
    }

    /** Writes a file. */
    public CodeProject file(String name, String content) {
        return file(name, content, StandardCharsets.UTF_8);
    }

    /** Writes a file in an encoding. */
    public CodeProject file(String name, String content, Charset charset) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content.getBytes(charset));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the jar that a class of the tests' class path comes from into {@code lib}. */
    public CodeProject jarOf(String type) {
        try {
            Path jar = Path.of(Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            String name =
                    Files.isDirectory(jar) ? type + ".jar" : jar.getFileName().toString();
            Path copy = root.resolve("lib").resolve(name);
            Files.createDirectories(copy.getParent());
            if (Files.isDirectory(jar)) {
                pack(jar, copy);
            } else {
                Files.copy(jar, copy);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Compiles sources, by their paths, into a jar in {@code lib}. */
    public CodeProject jar(String name, Map<String, String> sources) {
        try {
            Path work = Files.createTempDirectory("jar");
            CodeProject library = new CodeProject(work);
            sources.forEach(library::file);
            library.javac(work, work.resolve("classes"), StandardCharsets.UTF_8);
            Path jar = root.resolve("lib").resolve(name);
            Files.createDirectories(jar.getParent());
            pack(work.resolve("classes"), jar);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files(classes, ".class")) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** Moves a file. */
    public CodeProject move(String from, String to) {
        try {
            Files.createDirectories(root.resolve(to).getParent());
            Files.move(root.resolve(from), root.resolve(to));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles {@code src/main/java} of a module into its {@code target/classes}; the root module is empty text. */
    public CodeProject compile(String module) {
        return compile(module, "src/main/java", "target/classes", StandardCharsets.UTF_8);
    }

    /** Compiles a source folder of a module. */
    public CodeProject compile(String module, String sources, String classes, Charset charset) {
        try {
            Path folder = root.resolve(module);
            javac(folder.resolve(sources), folder.resolve(classes), charset);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void javac(Path sources, Path classes, Charset charset) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Files.createDirectories(classes);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, charset)) {
            List<Path> classpath = new ArrayList<>(files(root, ".jar"));
            try (Stream<Path> folders = Files.walk(root)) {
                folders.filter(folder -> folder.endsWith("target/classes")).forEach(classpath::add);
            }
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classpath);
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            diagnostics,
                            List.of("-proc:none", "-nowarn", "-g"),
                            null,
                            files.getJavaFileObjectsFromPaths(files(sources, ".java")))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the test's project does not compile: " + diagnostics.getDiagnostics());
            }
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    /** Every file of the project with its content, to compare with what is there later. */
    public Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        try {
            for (Path file : files(root, "")) {
                if (Files.isRegularFile(file)) {
                    contents.put(
                            root.relativize(file).toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
