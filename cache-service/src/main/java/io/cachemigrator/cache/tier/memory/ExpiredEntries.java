package io.cachemigrator.cache.tier.memory;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Removes entries that are over, a few at every write, round and round. An expiry of Caffeine's own for each entry makes
 * every hit several times as expensive; and entries that are over do no harm but take room, which only writes ask for. Thread
 * safe.
 */
final class ExpiredEntries {
    private static final int AT_A_TIME = 4;

    private final ConcurrentMap<String, HeldEntry> entries;
    private final Predicate<HeldEntry> over;
    private final BiConsumer<String, HeldEntry> remove;
    private final ReentrantLock walking = new ReentrantLock();
    private Iterator<Map.Entry<String, HeldEntry>> next;

    ExpiredEntries(
            ConcurrentMap<String, HeldEntry> entries, Predicate<HeldEntry> over, BiConsumer<String, HeldEntry> remove) {
        this.entries = entries;
        this.over = over;
        this.remove = remove;
        this.next = entries.entrySet().iterator();
    }

    /** Goes on a little, unless another thread is at it. */
    void removeSome() {
        if (!walking.tryLock()) {
            return;
        }
        try {
            for (int i = 0; i < AT_A_TIME; i++) {
                if (!next.hasNext()) {
                    next = entries.entrySet().iterator();
                    return;
                }
                Map.Entry<String, HeldEntry> entry = next.next();
                if (over.test(entry.getValue())) {
                    remove.accept(entry.getKey(), entry.getValue());
                }
            }
        } finally {
            walking.unlock();
        }
    }
}
