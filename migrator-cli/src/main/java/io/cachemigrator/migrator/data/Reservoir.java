package io.cachemigrator.migrator.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws so many of all that it is given, each of them equally likely (Vitter's algorithm R). Not thread safe. */
final class Reservoir<T> {
    private final int size;
    private final RandomGenerator random;
    private final List<T> drawn = new ArrayList<>();
    private long seen;

    Reservoir(int size, RandomGenerator random) {
        this.size = size;
        this.random = random;
    }

    void offer(T one) {
        seen++;
        if (drawn.size() < size) {
            drawn.add(one);
            return;
        }
        long place = random.nextLong(seen);
        if (place < size) {
            drawn.set((int) place, one);
        }
    }

    /** How many were given. */
    long seen() {
        return seen;
    }

    /** What was drawn: all when there were fewer. */
    List<T> drawn() {
        return drawn;
    }
}
