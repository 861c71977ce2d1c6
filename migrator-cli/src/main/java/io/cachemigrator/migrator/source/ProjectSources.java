package io.cachemigrator.migrator.source;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sources and build files of a project, read once. Generated and built files are left out. Immutable.
 *
 * @param files Java files, by path
 * @param poms Maven build files, outermost first
 * @param jars jars in {@code lib} folders, by path
 * @param modules folders with a build file, as paths in the project; the project's own is empty
 * @param gradle build files of Gradle, by path
 * @param foreign Kotlin and Groovy files, by path
 * @param leftOut what was left out, a line each
 * @param outside links that lead out of the project, by path
 * @param roots the folders that builds compile
 */
public record ProjectSources(
        List<JavaFile> files,
        List<Path> poms,
        List<Path> jars,
        List<String> modules,
        List<String> gradle,
        List<JavaFile> foreign,
        List<String> leftOut,
        List<String> outside,
        SourceRoots roots) {
    private static final Set<String> BUILT = Set.of(
            "target", "build", "out", "bin", "generated", "generated-sources", "archetype-resources", "node_modules");

    /**
     * A source file. Bytes that do not fit the encoding are read as one character each, so that they can be written back unchanged.
     *
     * @param path path in the project, with forward slashes
     * @param bytes content as found
     * @param text the same as text, without byte order mark
     * @param charset how the text was read
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record JavaFile(String path, byte[] bytes, String text, Charset charset) {
        private static final String MARK = "\uFEFF";

        static JavaFile of(String path, byte[] bytes, Charset declared) {
            Charset charset = declared;
            String text = decode(bytes, declared);
            if (text == null) {
                charset = StandardCharsets.ISO_8859_1;
                text = new String(bytes, charset);
            }
            return new JavaFile(path, bytes, text.startsWith(MARK) ? text.substring(1) : text, charset);
        }

        /** The text, where it can be written back as it is. */
        private static @Nullable String decode(byte[] bytes, Charset charset) {
            try {
                String text =
                        charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                return charset.canEncode() && Arrays.equals(text.getBytes(charset), bytes) ? text : null;
            } catch (CharacterCodingException unfit) {
                return null;
            }
        }

        /** Bytes of a changed text, in the file's own encoding. */
        byte[] encode(String changed) {
            boolean marked = new String(bytes, charset).startsWith(MARK);
            return (marked ? MARK + changed : changed).getBytes(charset);
        }
    }

    /** Reads the project in a folder. */
    static ProjectSources read(Path root) {
        try {
            ProjectWalk walk = ProjectWalk.of(root);
            SourceEncodings encodings = SourceEncodings.of(root, walk.poms());
            return new ProjectSources(
                    load(root, walk, encodings),
                    walk.poms(),
                    walk.jars(),
                    walk.modules(),
                    walk.gradle(),
                    loadAll(root, walk.foreign(), encodings),
                    leftOut(root, walk),
                    walk.outside(),
                    walk.roots());
        } catch (IOException unreadable) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The sources of " + root + " cannot be read.",
                    unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage(),
                    "Correct their permissions.",
                    unreadable);
        }
    }

    /** The module that a file belongs to: the innermost folder with a build file; {@code .} is the project's own. */
    public String moduleOf(String file) {
        return modules.stream()
                .filter(module -> !module.isEmpty() && file.startsWith(module + "/"))
                .max(Comparator.comparingInt(String::length))
                .orElse(".");
    }

    /** Whether a source is one of the tests. */
    public boolean isTest(String file) {
        return roots.isTest(file);
    }

    static boolean isLeftOut(Path root, Path folder, SourceRoots roots) {
        String name = folder.getFileName().toString();
        if (roots.of(path(root, folder) + "/") != null) {
            return false;
        }
        Path parent = folder.getParent();
        boolean resources =
                name.equals("resources") && parent != null && (parent.endsWith("main") || parent.endsWith("test"));
        return resources || BUILT.contains(name) || name.startsWith(".");
    }

    private static List<JavaFile> load(Path root, ProjectWalk walk, SourceEncodings encodings) throws IOException {
        SourceRoots roots = walk.roots();
        boolean known = walk.java().stream().anyMatch(file -> roots.of(path(root, file)) != null);
        return loadAll(
                root,
                walk.java().stream()
                        .filter(file -> !known || roots.of(path(root, file)) != null)
                        .filter(file -> !file.endsWith("module-info.java"))
                        .toList(),
                encodings);
    }

    private static List<JavaFile> loadAll(Path root, List<Path> sources, SourceEncodings encodings) throws IOException {
        List<JavaFile> files = new ArrayList<>();
        for (Path file : sources) {
            String path = path(root, file);
            files.add(JavaFile.of(path, Files.readAllBytes(file), encodings.of(path)));
        }
        files.sort(Comparator.comparing(JavaFile::path));
        return List.copyOf(files);
    }

    private static List<String> leftOut(Path root, ProjectWalk walk) {
        List<String> paths = walk.java().stream().map(file -> path(root, file)).toList();
        List<String> outside = paths.stream()
                .filter(path -> walk.roots().of(path) == null)
                .sorted()
                .toList();
        List<String> lines = new ArrayList<>(walk.leftOut());
        if (!outside.isEmpty() && outside.size() < paths.size()) {
            lines.add(outside.size() + " Java files outside the source folders of the build, first " + outside.get(0));
        }
        return List.copyOf(lines);
    }

    static String path(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
