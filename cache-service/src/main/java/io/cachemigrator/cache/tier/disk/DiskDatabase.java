package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs reads and transactions on the file of a folder, opening it when needed: at first, when its folder was deleted, and
 * when it was found damaged and put aside. Thread safe.
 */
final class DiskDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskDatabase.class);
    private static final int ATTEMPTS = 5;

    private final DiskFolder folder;
    private final DiskCommits.Frame frame;
    private final Duration patience;
    private final DiskQuarantine quarantine;
    private final ReadWriteLock usage = new ReentrantReadWriteLock();
    private @Nullable DiskFile file;
    private long opened;
    private boolean closed;

    DiskDatabase(DiskFolder folder, DiskCommits.Frame frame, Duration patience) {
        this.folder = folder;
        this.frame = frame;
        this.patience = patience;
        this.quarantine = new DiskQuarantine(folder.path());
    }

    /** What is done in a session. */
    interface Work<T extends @Nullable Object> {
        T on(DiskSession session) throws SQLException;
    }

    private interface FileWork<T extends @Nullable Object> {
        T on(DiskFile file) throws SQLException;
    }

    /** Runs a read. */
    <T extends @Nullable Object> T read(Work<T> work) throws TierUnavailableException {
        return attempt(false, current -> current.read(work));
    }

    /** Runs a change in a transaction, perhaps with others'; returns when it is committed. */
    <T extends @Nullable Object> T write(Work<T> work) throws TierUnavailableException {
        return attempt(true, current -> current.commits().make(work));
    }

    private <T extends @Nullable Object> T attempt(boolean writes, FileWork<T> work) throws TierUnavailableException {
        SQLException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            @Nullable DiskFile used = null;
            usage.readLock().lock();
            try {
                used = openFile(writes);
                if (used != null) {
                    return work.on(used);
                }
            } catch (SQLException failure) {
                last = failure;
            } finally {
                usage.readLock().unlock();
            }
            if (used == null) {
                open();
            } else if (last != null && !isWorthAnotherTry(used, last)) {
                break;
            }
        }
        throw DiskFailure.unavailable(last == null ? new SQLException("the file is replaced again and again") : last);
    }

    private @Nullable DiskFile openFile(boolean writes) {
        DiskFile open = file;
        return open != null && (writes ? open.isCurrent() : open.isCurrentForReads()) ? open : null;
    }

    private boolean isWorthAnotherTry(DiskFile used, SQLException failure) throws TierUnavailableException {
        if (DiskFailure.isDamage(failure)) {
            putAside(used);
            return true;
        }
        return DiskFailure.isContention(failure) || !used.isCurrent();
    }

    private void open() throws TierUnavailableException {
        usage.writeLock().lock();
        try {
            if (closed) {
                throw new TierUnavailableException("the disk tier was closed", null);
            }
            if (file == null || !file.isCurrent()) {
                file = reopen();
                opened++;
            }
        } finally {
            usage.writeLock().unlock();
        }
    }

    private DiskFile reopen() throws TierUnavailableException {
        SQLException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                return new DiskFile(folder, frame, patience);
            } catch (SQLException failure) {
                last = failure;
                if (DiskFailure.isDamage(failure)) {
                    quarantine.putAside();
                } else if (!DiskFailure.isContention(failure)) {
                    break;
                }
            } catch (IOException failure) {
                throw new TierUnavailableException(
                        "the folder cannot be used: " + failure.getClass().getSimpleName(), failure);
            }
        }
        throw DiskFailure.unavailable(last == null ? new SQLException("no attempt") : last);
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

    /** Ends the snapshots that idle readers hold, and writes the log back when there is much of it. */
    void tend() {
        usage.readLock().lock();
        try {
            if (file != null && file.isCurrent()) {
                file.letGo();
                file.checkpoint();
            }
        } catch (SQLException failure) {
            LOG.debug("The log was not written back, or a reader was closed instead of used again.", failure);
        } finally {
            usage.readLock().unlock();
        }
    }

    /** How many files were opened so far: another number means another file. */
    long opened() {
        usage.readLock().lock();
        try {
            return opened;
        } finally {
            usage.readLock().unlock();
        }
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
