package io.cachemigrator.cache.tier.disk;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * When entries were last read, kept in memory: a write for each read would cost more than three times the read. Whoever evicts
 * in this process asks here first; for those who evict in others, some are written now and then.
 *
 * <p>Rows are numbered one after the other, so a table that takes a row by the last bits of its number is filled evenly, and a
 * read that is noted costs two stores into it. A row that comes to where another is takes its place; as does a race, that costs
 * the other its place among what was used last, and no more. Thread safe.
 */
final class DiskRecency {
    private static final int SLOTS = 1 << 15;
    private static final int A_STEP = 1_000;
    private static final long NONE = 0;

    private final boolean kept;

    /** In each slot a row's number, which is never zero, and the stamp of its last read. */
    private final AtomicLongArray notes;

    private volatile boolean any;
    private int next;

    /** Keeps nothing when {@code kept} is false: entries then are evicted in the order in which they were written. */
    DiskRecency(boolean kept) {
        this.kept = kept;
        this.notes = new AtomicLongArray(kept ? 2 * SLOTS : 0);
    }

    /** Notes a read of a row. */
    void read(long row, long stamp) {
        if (!kept) {
            return;
        }
        int slot = slotOf(row);
        notes.setOpaque(slot + 1, stamp);
        if (notes.getPlain(slot) != row) {
            notes.set(slot, row);
            if (!any) {
                any = true;
            }
        }
    }

    private static int slotOf(long row) {
        return 2 * ((int) row & (SLOTS - 1));
    }

    /** When a row was last read, if that is not written yet; forgets it. */
    @Nullable
    Long take(long row) {
        if (!kept) {
            return null;
        }
        int slot = slotOf(row);
        return notes.compareAndSet(slot, row, NONE) ? notes.get(slot + 1) : null;
    }

    boolean isEmpty() {
        return !any;
    }

    /**
     * Writes some of what is noted, in a transaction, going on where the last call stopped; one that fails loses them, which costs
     * an entry its place at most. By one thread at a time.
     */
    void writeSome(DiskSession session) throws SQLException {
        any = false;
        int written = 0;
        for (int i = 0; i < notes.length() / 2; i++) {
            if (written == A_STEP) {
                any = true;
                return;
            }
            int slot = next;
            next = (next + 2) % notes.length();
            long row = notes.getAndSet(slot, NONE);
            if (row != NONE) {
                renew(session, row, notes.get(slot + 1));
                written++;
            }
        }
    }

    /** Moves a row to where entries used at that time are. */
    static void renew(DiskSession session, long row, long stamp) throws SQLException {
        session.update("UPDATE entry SET used = ?1 WHERE row = ?2 AND used < ?1", stamp, row);
    }
}
