package io.cachemigrator.cache.local;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** How values are held. */
enum Values {
    /** As they are. */
    STRONG,
    /** Until memory is short. */
    SOFT,
    /** As long as somebody else holds them. */
    WEAK;

    /** What is held of a value. */
    Object held(Object value, ReferenceQueue<Object> queue) {
        return switch (this) {
            case STRONG -> value;
            case SOFT -> new SoftReference<>(value, queue);
            case WEAK -> new WeakReference<>(value, queue);
        };
    }

    /** The value that is held; null when it was collected. */
    @Nullable
    Object value(Object held) {
        return this == STRONG ? held : ((Reference<?>) held).get();
    }

    /** Whether two values are the same: equal, or identical where they can be collected. */
    boolean same(Object one, Object other) {
        return this == STRONG ? one.equals(other) : one == other;
    }
}
