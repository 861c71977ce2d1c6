package io.cachemigrator.migrator.backup;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Reads and replaces files of a project; a path that leads out of it is refused. */
public final class ProjectFiles {
    private final Path root;

    /** Of the project in a folder, given by its real path. */
    public ProjectFiles(Path root) {
        this.root = root;
    }

    /** The file at a path in the project, which must stay inside it, links followed. */
    public Path resolve(String path) {
        Path file = root.resolve(path).normalize();
        try {
            Path parent = file.getParent();
            boolean inside = file.startsWith(root)
                    && (parent == null
                            || !Files.exists(parent)
                            || parent.toRealPath().startsWith(root))
                    && (!Files.exists(file) || file.toRealPath().startsWith(root));
            if (!inside) {
                throw new MigratorException(
                        ErrorCode.FILE_UNUSABLE,
                        "The file '" + path + "' is not touched.",
                        "It leads out of the project's folder.",
                        "Remove the link, or migrate the project that owns the file.");
            }
            return file;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** The content of a file. */
    public byte[] read(String path) {
        Path file = resolve(path);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Replaces a file in one step, keeping its permissions: readers see the old content or the new one. */
    public void replace(String path, byte[] content) {
        Path file = resolve(path);
        try {
            // always the same name, so that what a killed process left is overwritten and moved by the next one
            Path part = partOf(file);
            try {
                Files.deleteIfExists(part);
                createForOwner(part);
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    DurableWrites.write(channel, content);
                }
                copyPermissions(file, part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Removes what a killed process left of a replacement that it had not finished. */
    public void forgetUnfinished(String path) {
        Path file = resolve(path);
        try {
            Files.deleteIfExists(partOf(file));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static Path partOf(Path file) {
        return file.resolveSibling(".migrator-" + file.getFileName() + ".part");
    }

    /** Settings may hold passwords: nobody else may read the new content before it has the old one's permissions. */
    private static void createForOwner(Path part) throws IOException {
        if (Files.getFileAttributeView(part, PosixFileAttributeView.class) == null) {
            Files.createFile(part);
        } else {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            Files.setPosixFilePermissions(to, view.readAttributes().permissions());
        }
    }

    private static MigratorException failed(Path file, IOException e) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "The file " + file + " cannot be read or written.",
                e.getClass().getSimpleName() + ": " + e.getMessage(),
                "Correct its permissions or make room, then run the command again.",
                e);
    }
}
