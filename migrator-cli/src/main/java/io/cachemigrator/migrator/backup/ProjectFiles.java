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
            Path part = Files.createTempFile(file.getParent(), ".migrator-", null);
            try {
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
