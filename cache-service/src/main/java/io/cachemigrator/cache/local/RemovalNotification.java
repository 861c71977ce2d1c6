package io.cachemigrator.cache.local;

import java.util.AbstractMap.SimpleImmutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry that left a cache. Immutable.
 *
 * @param <K> of keys
 * @param <V> of values
 */
public final class RemovalNotification<K, V> extends SimpleImmutableEntry<@Nullable K, @Nullable V> {
    private static final long serialVersionUID = 1L;

    private final RemovalCause cause;

    private RemovalNotification(@Nullable K key, @Nullable V value, RemovalCause cause) {
        super(key, value);
        this.cause = cause;
    }

    /** Of an entry; a key or value that was collected is null. */
    public static <K, V> RemovalNotification<K, V> create(@Nullable K key, @Nullable V value, RemovalCause cause) {
        return new RemovalNotification<>(key, value, cause);
    }

    /** Why it left. */
    public RemovalCause getCause() {
        return cause;
    }

    /** Whether the cache removed it by itself. */
    public boolean wasEvicted() {
        return cause.wasEvicted();
    }
}
