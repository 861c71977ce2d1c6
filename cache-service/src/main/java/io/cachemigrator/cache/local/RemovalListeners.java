package io.cachemigrator.cache.local;

import java.util.concurrent.Executor;

/** Kinds of listeners. */
public final class RemovalListeners {
    private RemovalListeners() {}

    /** One that hears by way of an executor, and so keeps nobody waiting. */
    public static <K, V> RemovalListener<K, V> asynchronous(RemovalListener<K, V> listener, Executor executor) {
        return notification -> executor.execute(() -> listener.onRemoval(notification));
    }
}
