package io.cachemigrator.cache.loading;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells a load whether its id was changed since it began, so that what it stores does not replace something newer. Ids share
 * stripes: a change of another id may keep a load from storing, never the reverse. Thread safe.
 */
public final class WriteTickets {
    private static final int STRIPES = 256;
    private static final int LOCKS = 64;

    private final AtomicLongArray changes = new AtomicLongArray(STRIPES);
    private final AtomicLong changesOfAll = new AtomicLong();

    /** Shared by writers, exclusive for the store of a load, so that no write comes between its look and its store. */
    private final ReadWriteLock[] locks = IntStream.range(0, LOCKS)
            .mapToObj(i -> new ReentrantReadWriteLock())
            .toArray(ReadWriteLock[]::new);

    /** The state of an id before it is loaded. */
    public long ticket(String id) {
        return changes.get(stripe(id)) + changesOfAll.get();
    }

    /** Makes a change of some ids, which counts once it is made; a load of one of them that runs meanwhile will not store. */
    public <T> T change(Collection<String> ids, Supplier<T> write) {
        int[] needed =
                ids.stream().mapToInt(WriteTickets::lock).distinct().sorted().toArray();
        int taken = 0;
        try {
            for (; taken < needed.length; taken++) {
                locks[needed[taken]].readLock().lock();
            }
            return write.get();
        } finally {
            ids.forEach(this::changed);
            while (taken > 0) {
                locks[needed[--taken]].readLock().unlock();
            }
        }
    }

    /** As {@link #change(Collection, Supplier)} for one id. */
    public <T> T change(String id, Supplier<T> write) {
        Lock lock = locks[lock(id)].readLock();
        lock.lock();
        try {
            return write.get();
        } finally {
            changed(id);
            lock.unlock();
        }
    }

    private void changed(String id) {
        changes.getAndIncrement(stripe(id));
    }

    /** Any id may have been changed. */
    public void changedAll() {
        changesOfAll.getAndIncrement();
    }

    /** Stores what a load has given, unless its id was changed since it took its ticket; null if it was. */
    public <T> @Nullable T storeUnlessChanged(String id, long ticket, Supplier<T> store) {
        Lock lock = locks[lock(id)].writeLock();
        lock.lock();
        try {
            return ticket(id) == ticket ? store.get() : null;
        } finally {
            lock.unlock();
        }
    }

    private static int stripe(String id) {
        int hash = id.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    private static int lock(String id) {
        return stripe(id) & (LOCKS - 1);
    }
}
