package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Runs reads and transactions on the file of a folder, opening it when needed: at first, when its folder was deleted, and
 * when it was found damaged and put aside. Thread safe.
 */
final class DiskDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskDatabase.class);
    private static final int ATTEMPTS = 4;
    private static final Set<SQLiteErrorCode> DAMAGED =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);
    private static final Set<SQLiteErrorCode> CONTENDED = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_BUSY_RECOVERY,
            SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT,
            SQLiteErrorCode.SQLITE_LOCKED);

    private final Path folder;
    private final DiskQuarantine quarantine;
    private final ReadWriteLock usage = new ReentrantReadWriteLock();
    private @Nullable DiskFile file;
    private boolean closed;

    DiskDatabase(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.quarantine = new DiskQuarantine(this.folder);
    }

    /** What is done in a session. */
    interface Work<T extends @Nullable Object> {
        T on(DiskSession session) throws SQLException;
    }

    /** Runs a read. */
    <T extends @Nullable Object> T read(Work<T> work) throws TierUnavailableException {
        return attempt(current -> {
            DiskSession reader = current.borrowReader();
            boolean done = false;
            try {
                T result = work.on(reader);
                done = true;
                return result;
            } finally {
                current.giveBack(reader, done);
            }
        });
    }

    /** Runs a transaction that writes; a failure rolls it back. */
    <T extends @Nullable Object> T write(Work<T> work) throws TierUnavailableException {
        return attempt(current -> {
            current.writing.lock();
            try {
                return transaction(current.writer(), work);
            } finally {
                current.writing.unlock();
            }
        });
    }

    private static <T extends @Nullable Object> T transaction(DiskSession session, Work<T> work) throws SQLException {
        session.execute("BEGIN IMMEDIATE");
        try {
            T result = work.on(session);
            session.execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            try {
                session.execute("ROLLBACK");
            } catch (SQLException already) {
                // a full disk and the like have rolled it back
                failure.addSuppressed(already);
            }
            throw failure;
        }
    }

    private interface FileWork<T extends @Nullable Object> {
        T on(DiskFile file) throws SQLException;
    }

    private <T extends @Nullable Object> T attempt(FileWork<T> work) throws TierUnavailableException {
        SQLException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            DiskFile used = openFile();
            usage.readLock().lock();
            try {
                return work.on(used);
            } catch (SQLException failure) {
                last = failure;
            } finally {
                usage.readLock().unlock();
            }
            if (isOf(last, DAMAGED)) {
                putAside(used);
            } else if (!isOf(last, CONTENDED) && used.isCurrent()) {
                break;
            }
        }
        throw unavailable(last == null ? new SQLException("no attempt") : last);
    }

    private DiskFile openFile() throws TierUnavailableException {
        usage.readLock().lock();
        try {
            DiskFile open = file;
            if (open != null && open.isCurrent()) {
                return open;
            }
        } finally {
            usage.readLock().unlock();
        }
        usage.writeLock().lock();
        try {
            if (closed) {
                throw new TierUnavailableException("the disk tier was closed", null);
            }
            DiskFile open = file;
            if (open == null || !open.isCurrent()) {
                open = reopen();
                file = open;
            }
            return open;
        } finally {
            usage.writeLock().unlock();
        }
    }

    private DiskFile reopen() throws TierUnavailableException {
        SQLException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                return new DiskFile(folder);
            } catch (SQLException failure) {
                last = failure;
                if (isOf(failure, DAMAGED)) {
                    quarantine.putAside();
                } else if (!isOf(failure, CONTENDED)) {
                    break;
                }
            } catch (IOException failure) {
                throw new TierUnavailableException(
                        "the folder cannot be used: " + failure.getClass().getSimpleName(), failure);
            } catch (DiskFile.NewerFileException newer) {
                throw new TierUnavailableException(String.valueOf(newer.getMessage()), newer);
            }
        }
        throw unavailable(last == null ? new SQLException("no attempt") : last);
    }

    private void putAside(DiskFile damaged) throws TierUnavailableException {
        usage.writeLock().lock();
        try {
            if (damaged.equals(file) && damaged.isCurrent()) {
                quarantine.putAside();
                file = null;
            }
        } finally {
            usage.writeLock().unlock();
        }
    }

    private static boolean isOf(SQLException failure, Set<SQLiteErrorCode> codes) {
        return failure instanceof SQLiteException known && codes.stream().anyMatch(code -> isA(known, code));
    }

    /** Extended codes carry the plain one in their low byte. */
    private static boolean isA(SQLiteException failure, SQLiteErrorCode code) {
        return failure.getResultCode() == code || (failure.getResultCode().code & 0xFF) == code.code;
    }

    private TierUnavailableException unavailable(SQLException failure) {
        String code = failure instanceof SQLiteException known
                ? known.getResultCode().name()
                : failure.getClass().getSimpleName();
        return new TierUnavailableException("the disk tier's file cannot be used: " + code, failure);
    }

    /** How many damaged files were put aside since this was opened. */
    long quarantined() {
        return quarantine.count();
    }

    @Override
    public void close() {
        usage.writeLock().lock();
        try {
            closed = true;
            if (file != null && file.isCurrent()) {
                file.close();
            }
        } catch (SQLException failure) {
            // nothing acknowledged is lost: the write-ahead log is read again when the file is next opened
            LOG.warn("The disk tier's file was not closed cleanly.", failure);
        } finally {
            file = null;
            usage.writeLock().unlock();
        }
    }
}
