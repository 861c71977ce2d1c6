package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.Lookup;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts by key with their ends, a bounded number of them: the one that was used longest ago makes room. Who reads or writes the
 * store first claims the key, and his text is taken only if nobody else has claimed or changed it meanwhile. Thread safe.
 */
final class L1Entries {
    private final int size;
    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    L1Entries(int size, Clock clock) {
        this.size = size;
        this.clock = clock;
    }

    synchronized Lookup<byte[]> get(String key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.text == null) {
            return new Lookup.Absent<>();
        }
        if (!clock.instant().isBefore(entry.until)) {
            entries.remove(key);
            return new Lookup.Absent<>();
        }
        return new Lookup.Present<>(entry.text, entry.deadline);
    }

    /** Claims a key, whose text goes; hand what is returned in with the new one. */
    synchronized Object claim(String key) {
        Entry claim = new Entry(null, Instant.MAX, null);
        entries.put(key, claim);
        Iterator<String> oldest = entries.keySet().iterator();
        while (entries.size() > size) {
            oldest.next();
            oldest.remove();
        }
        return claim;
    }

    /**
     * Keeps a text, if the claim still stands; else nothing is kept, as it is not known which text is the newer one.
     *
     * @param until when this copy of it goes
     * @param deadline when the entry expires, which may be later; null = it does not
     */
    synchronized void fill(String key, Object claim, byte[] text, Instant until, @Nullable Instant deadline) {
        if (entries.get(key) == claim) {
            entries.put(key, new Entry(text, until, deadline));
        } else {
            entries.remove(key);
        }
    }

    /** Takes a claim back. */
    synchronized void giveUp(String key, Object claim) {
        if (entries.get(key) == claim) {
            entries.remove(key);
        }
    }

    synchronized void drop(Collection<String> keys) {
        entries.keySet().removeAll(keys);
    }

    synchronized void clear() {
        entries.clear();
    }

    synchronized Map<String, byte[]> live() {
        Instant now = clock.instant();
        Map<String, byte[]> live = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (entry.text != null && now.isBefore(entry.until)) {
                live.put(key, entry.text.clone());
            }
        });
        return live;
    }

    private static final class Entry {
        private final byte @Nullable [] text;
        private final Instant until;
        private final @Nullable Instant deadline;

        private Entry(byte @Nullable [] text, Instant until, @Nullable Instant deadline) {
            this.text = text;
            this.until = until;
            this.deadline = deadline;
        }
    }
}
