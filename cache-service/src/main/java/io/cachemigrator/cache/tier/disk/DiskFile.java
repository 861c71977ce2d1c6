package io.cachemigrator.cache.tier.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One opened file: a session that writes, and some that read. It is good as long as the file at its path is the one that was
 * opened.
 */
final class DiskFile {
    static final String NAME = "cache.db";
    private static final int IDLE_READERS = 4;

    private final Path path;
    private final @Nullable Object identity;
    private final DiskSession writer;
    private final BlockingQueue<DiskSession> readers = new LinkedBlockingQueue<>(IDLE_READERS);

    /** Held by the one who uses the writer. */
    final ReentrantLock writing = new ReentrantLock();

    /** Opens the file of a folder; both are made when missing. */
    DiskFile(Path folder) throws SQLException, IOException, NewerFileException {
        makeFolder(folder);
        this.path = folder.resolve(NAME);
        this.writer = new DiskSession(path);
        long version = DiskSchema.prepare(writer);
        if (version > DiskSchema.VERSION) {
            writer.close();
            throw new NewerFileException("the file has format " + version + ", and this version reads format "
                    + DiskSchema.VERSION + "; use a newer release or another folder");
        }
        this.identity = identityOf(path);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // what applications cache is nobody else's business
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private static @Nullable Object identityOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Whether the path still leads to this file; when its folder was deleted, writes would go nowhere. */
    boolean isCurrent() {
        try {
            Object now = identityOf(path);
            return now == null || now.equals(identity);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException unreadable) {
            return true;
        }
    }

    DiskSession writer() {
        return writer;
    }

    DiskSession borrowReader() throws SQLException {
        @Nullable DiskSession idle = readers.poll();
        return idle == null ? new DiskSession(path) : idle;
    }

    /** Takes a session back, to be used again if it worked. */
    void giveBack(DiskSession reader, boolean worked) throws SQLException {
        if (!isCurrent()) {
            return;
        }
        if (!worked || !readers.offer(reader)) {
            reader.close();
        }
    }

    /**
     * Closes all sessions. Only for a file that is still current: SQLite removes the write-ahead log by its path, which would
     * be another file's by then. A file that is not current is left to the end of the process.
     */
    void close() throws SQLException {
        for (DiskSession reader = readers.poll(); reader != null; reader = readers.poll()) {
            reader.close();
        }
        writer.close();
    }

    /** A file that a newer release has written. */
    static final class NewerFileException extends Exception {
        private static final long serialVersionUID = 1L;

        NewerFileException(String message) {
            super(message);
        }
    }
}
