package io.cachemigrator.migrator.source;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The Java sources and build files of a project, read once. Generated and built files are left out. Immutable.
 *
 * @param files Java files, by path
 * @param poms Maven build files, outermost first
 * @param jars jars in {@code lib} folders, by path
 */
record ProjectSources(List<JavaFile> files, List<Path> poms, List<Path> jars) {
    private static final Set<String> BUILT = Set.of(
            "target", "build", "out", "bin", "generated", "generated-sources", "archetype-resources", "node_modules");

    /**
     * A Java file. Bytes that are not UTF-8 are read as one character each, so that they can be written back unchanged.
     *
     * @param path path in the project, with forward slashes
     * @param bytes content as found
     * @param text the same as text, without byte order mark
     * @param charset how the text was read
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record JavaFile(String path, byte[] bytes, String text, Charset charset) {
        private static final String MARK = "\uFEFF";

        static JavaFile of(String path, byte[] bytes) {
            Charset charset = StandardCharsets.UTF_8;
            String text;
            try {
                text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException notUtf8) {
                charset = StandardCharsets.ISO_8859_1;
                text = new String(bytes, charset);
            }
            return new JavaFile(path, bytes, text.startsWith(MARK) ? text.substring(1) : text, charset);
        }

        /** Bytes of a changed text, in the file's own encoding. */
        byte[] encode(String changed) {
            boolean marked = new String(bytes, charset).startsWith(MARK);
            return (marked ? MARK + changed : changed).getBytes(charset);
        }
    }

    /** Reads the project in a folder. */
    static ProjectSources read(Path root) {
        List<Path> java = new ArrayList<>();
        List<Path> poms = new ArrayList<>();
        List<Path> jars = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return !folder.equals(root) && leftOut(root, folder)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".java") && attributes.isRegularFile()) {
                        java.add(file);
                    } else if (name.equals("pom.xml")) {
                        poms.add(file);
                    } else if (name.endsWith(".jar") && file.endsWith(Path.of("lib", name))) {
                        jars.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
            poms.sort(Comparator.comparingInt(Path::getNameCount).thenComparing(Path::toString));
            jars.sort(Comparator.comparing(Path::toString));
            return new ProjectSources(load(root, java), List.copyOf(poms), List.copyOf(jars));
        } catch (IOException unreadable) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The sources of " + root + " cannot be read.",
                    unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage(),
                    "Correct their permissions.",
                    unreadable);
        }
    }

    private static boolean leftOut(Path root, Path folder) {
        String name = folder.getFileName().toString();
        if (standard(root.relativize(folder) + "/")) {
            return false;
        }
        Path parent = folder.getParent();
        boolean resources =
                name.equals("resources") && parent != null && (parent.endsWith("main") || parent.endsWith("test"));
        return resources || BUILT.contains(name) || name.startsWith(".");
    }

    private static List<JavaFile> load(Path root, List<Path> java) throws IOException {
        List<JavaFile> files = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (Path file : java) {
            paths.add(root.relativize(file).toString().replace('\\', '/'));
        }
        boolean standard = paths.stream().anyMatch(ProjectSources::standard);
        for (String path : paths.stream().sorted().toList()) {
            if ((!standard || standard(path)) && !path.endsWith("module-info.java")) {
                files.add(JavaFile.of(path, Files.readAllBytes(root.resolve(path))));
            }
        }
        return List.copyOf(files);
    }

    private static boolean standard(String path) {
        String sought = "/" + path.replace('\\', '/');
        return sought.contains("/src/main/java/") || sought.contains("/src/test/java/");
    }
}
