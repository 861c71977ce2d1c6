package io.cachemigrator.cache.local;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cache is like. Immutable, but for its counts.
 *
 * @param maxWeight of all entries; -1 = no bound
 * @param segments how many parts have a lock of their own
 * @param expireAfterWrite nanoseconds; -1 = never
 * @param expireAfterAccess nanoseconds; -1 = never
 * @param refreshAfterWrite nanoseconds; -1 = never
 */
record LocalPolicy<K, V>(
        boolean weakKeys,
        Values values,
        long maxWeight,
        int segments,
        @Nullable Weigher<? super K, ? super V> weigher,
        long expireAfterWrite,
        long expireAfterAccess,
        long refreshAfterWrite,
        LongSupplier ticker,
        @Nullable RemovalListener<? super K, ? super V> listener,
        LocalCounts counts) {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPolicy.class);

    boolean isExpired(Node<V> node, long now) {
        boolean old = expireAfterWrite >= 0 && now - node.written >= expireAfterWrite;
        boolean unused = expireAfterAccess >= 0 && now - node.accessed >= expireAfterAccess;
        return old || unused;
    }

    boolean isStale(Node<V> node, long now) {
        return refreshAfterWrite > 0 && now - node.written > refreshAfterWrite;
    }

    int weigh(K key, V value) {
        if (weigher == null) {
            return 1;
        }
        int weight = weigher.weigh(key, value);
        if (weight < 0) {
            throw new IllegalStateException("An entry weighs " + weight + ". A weight is zero or more.");
        }
        return weight;
    }

    boolean isHeard() {
        return listener != null;
    }

    @SuppressWarnings("unchecked") // what is told is only read
    void tell(RemovalNotification<K, V> notification) {
        RemovalListener<? super K, ? super V> hearing = listener;
        if (hearing == null) {
            return;
        }
        try {
            ((RemovalListener<K, V>) hearing).onRemoval(notification);
        } catch (RuntimeException | Error e) { // a listener's trouble is not the caller's
            LOG.warn("A removal listener threw.", e);
        }
    }
}
