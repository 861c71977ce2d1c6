package io.cachemigrator.cache.element;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lock of a cache, and whether it may be used. */
final class Life {
    private enum State {
        NEW,
        ALIVE,
        ENDED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.NEW;

    /** Begins, once. */
    void begin(String name) {
        locked(() -> {
            if (state != State.NEW) {
                throw new ElementCacheException("The cache '" + name + "' was added before. Add a new one.");
            }
            state = State.ALIVE;
            return true;
        });
    }

    /** Does something under the lock, at any time. */
    <T extends @Nullable Object> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does something under the lock, between begin and end. */
    <T extends @Nullable Object> T alive(String name, Supplier<T> work) {
        return this.<T>locked(() -> {
            if (state != State.ALIVE) {
                throw new IllegalStateException("The cache '" + name + "' is not alive ("
                        + (state == State.NEW ? "not added to its caches yet" : "disposed of")
                        + "). Add it before its use, and use it before its caches shut down.");
            }
            return work.get();
        });
    }

    /** Ends, and does something last. */
    void end(Runnable last) {
        locked(() -> {
            state = State.ENDED;
            last.run();
            return true;
        });
    }
}
