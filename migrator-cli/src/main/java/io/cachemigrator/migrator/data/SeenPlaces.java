package io.cachemigrator.migrator.data;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places that were found to have a legacy entry, as 64-bit hashes with a key that nobody can know before: up to so many,
 * beyond which it forgets. Whoever finds a place here need not ask for its legacy entry. Thread safe.
 */
final class SeenPlaces {
    private static final int MOST = 3 << 20;

    private final long seed = new SecureRandom().nextLong();
    private long[] table = new long[1 << 12];
    private int size;

    /** Adds places. */
    void add(List<CopyTarget.Place> places) {
        long[] hashes = hashes(places);
        synchronized (this) {
            for (long hash : hashes) {
                add(hash);
            }
        }
    }

    private void add(long hash) {
        if (size >= MOST) {
            return;
        }
        if (size * 2 >= table.length) {
            long[] old = table;
            table = new long[old.length * 2];
            Arrays.stream(old).filter(one -> one != 0).forEach(this::insert);
        }
        if (insert(hash)) {
            size++;
        }
    }

    private boolean insert(long hash) {
        int at = slot(hash);
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = (at + 1) & (table.length - 1);
        }
        table[at] = hash;
        return true;
    }

    /** Those of some places that are not here, in order. */
    List<CopyTarget.Place> unseen(List<CopyTarget.Place> places) {
        long[] hashes = hashes(places);
        List<CopyTarget.Place> unseen = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < hashes.length; i++) {
                if (!contains(hashes[i])) {
                    unseen.add(places.get(i));
                }
            }
        }
        return unseen;
    }

    private boolean contains(long hash) {
        for (int at = slot(hash); table[at] != 0; at = (at + 1) & (table.length - 1)) {
            if (table[at] == hash) {
                return true;
            }
        }
        return false;
    }

    /** All at once, so that the processor may look several up at a time: each is a look at memory that is in no cache. */
    private long[] hashes(List<CopyTarget.Place> places) {
        return places.stream().mapToLong(this::hash).toArray();
    }

    private int slot(long hash) {
        return (int) (hash >>> 20) & (table.length - 1);
    }

    /** Zero stands for an empty slot. */
    private long hash(CopyTarget.Place place) {
        long hash = mixed(mixed(seed, place.region()), place.id());
        return hash == 0 ? 1 : hash;
    }

    private static long mixed(long start, String text) {
        long hash = start ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ (hash >>> 32)) * 0xBF58476D1CE4E5B9L;
        return hash ^ (hash >>> 29);
    }
}
