package io.cachemigrator.cache.local;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** How keys are held: as they are, or weakly and told apart by identity. */
final class Keys<K> {
    private final boolean weak;
    private final ReferenceQueue<K> collected = new ReferenceQueue<>();

    Keys(boolean weak) {
        this.weak = weak;
    }

    /** What finds a key. */
    Object sought(Object key) {
        return weak ? new Sought(key) : key;
    }

    /** What is held of a key. */
    Object held(K key) {
        return weak ? new Held<>(key, collected) : key;
    }

    /** The key that is held; null when it was collected. */
    @SuppressWarnings("unchecked")
    @Nullable
    K key(Object held) {
        return held instanceof Held<?> reference ? (K) reference.get() : (K) held;
    }

    /** What was held of a key that was collected since; null when there is none. */
    @Nullable
    Object nextCollected() {
        return weak ? collected.poll() : null;
    }

    int hash(Object key) {
        int hash = weak ? System.identityHashCode(key) : key.hashCode();
        return hash ^ (hash >>> 16);
    }

    private record Sought(Object key) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sought sought
                    ? sought.key == key
                    : other instanceof Held<?> held && held.get() == key;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(key);
        }
    }

    private static final class Held<K> extends WeakReference<K> {
        private final int hash;

        Held(K key, ReferenceQueue<K> queue) {
            super(key, queue);
            this.hash = System.identityHashCode(key);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            K key = get();
            return key != null
                    && (other instanceof Held<?> held
                            ? held.get() == key
                            : other instanceof Sought sought && sought.key == key);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
