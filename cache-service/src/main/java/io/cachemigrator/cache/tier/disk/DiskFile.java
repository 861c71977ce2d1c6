package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One opened file: a session that writes, and some that read. It is good as long as the file at its path is the one that was
 * opened.
 */
final class DiskFile {
    static final String NAME = "cache.db";
    private static final int IDLE_READERS = 4;

    /** Readers look whether their file is still there not more often than this: it takes half as long as a read. */
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Path path;
    private final @Nullable Object identity;
    private final DiskSignal signal;
    private final DiskCommits commits;
    private final Map<String, Integer> regions = new ConcurrentHashMap<>();
    private final BlockingQueue<DiskSession> readers = new LinkedBlockingQueue<>(IDLE_READERS);
    private volatile long lookedAt;

    /** Opens the file of a folder; both are made when missing. */
    DiskFile(DiskFolder folder, DiskCommits.Frame frame) throws SQLException, IOException, TierUnavailableException {
        folder.prepare();
        this.path = folder.path().resolve(NAME);
        this.signal = new DiskSignal(folder.path());
        DiskSession writer = new DiskSession(path, regions);
        long version = DiskSchema.prepare(writer);
        if (version > DiskSchema.VERSION) {
            writer.close();
            throw new TierUnavailableException(
                    "the file has format " + version + ", and this version reads format " + DiskSchema.VERSION
                            + "; use a newer release or another folder",
                    null);
        }
        this.commits = new DiskCommits(writer, signal, frame);
        this.identity = identityOf(path);
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

    /** As {@link #isCurrent}, though it may be a moment late to notice. */
    boolean isCurrentForReads() {
        long now = System.nanoTime();
        if (now - lookedAt < LOOK_NANOS) {
            return true;
        }
        lookedAt = now;
        return isCurrent();
    }

    DiskCommits commits() {
        return commits;
    }

    /** Runs a read that sees all that was committed. */
    <T extends @Nullable Object> T read(DiskDatabase.Work<T> work) throws SQLException {
        @Nullable DiskSession idle = readers.poll();
        DiskSession reader = idle == null ? new DiskSession(path, regions) : idle;
        boolean done = false;
        try {
            reader.refresh(signal, System.nanoTime());
            T result = work.on(reader);
            reader.keepRegions();
            done = true;
            return result;
        } finally {
            giveBack(reader, done);
        }
    }

    /** Takes a session back, to be used again if it worked. */
    private void giveBack(DiskSession reader, boolean worked) throws SQLException {
        if ((!worked || !readers.offer(reader)) && isCurrent()) {
            reader.close();
        }
    }

    /** Ends the snapshots that idle readers hold. */
    void letGo() throws SQLException {
        for (int i = 0; i < IDLE_READERS; i++) {
            @Nullable DiskSession reader = readers.poll();
            if (reader == null) {
                return;
            }
            boolean done = false;
            try {
                reader.letGo();
                done = true;
            } finally {
                giveBack(reader, done);
            }
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
        commits.close();
    }
}
