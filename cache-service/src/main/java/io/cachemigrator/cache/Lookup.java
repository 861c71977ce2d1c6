package io.cachemigrator.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up found. Immutable.
 *
 * @param <V> type of the value
 */
public sealed interface Lookup<V> {

    /** The value of a {@link Present} entry, else null. A stored null is null too: {@link #isPresent()} tells. */
    default @Nullable V valueOrNull() {
        return this instanceof Present<V> present ? present.value() : null;
    }

    /** Whether a live entry was found, a stored null included. */
    default boolean isPresent() {
        return this instanceof Present;
    }

    /**
     * A live entry.
     *
     * @param value null when a null was stored
     * @param deadline when it expires; null when it does not
     */
    record Present<V>(@Nullable V value, @Nullable Instant deadline) implements Lookup<V> {}

    /** No entry, or one that expired, was deleted or was invalidated. */
    record Absent<V>() implements Lookup<V> {}

    /**
     * An entry past its deadline and still within the region's stale allowance.
     *
     * @param value null when a null was stored
     * @param deadline when it expired
     */
    record Stale<V>(@Nullable V value, Instant deadline) implements Lookup<V> {}

    /**
     * No tier could answer, which is not a miss.
     *
     * @param reason what went wrong, in a line, without secrets
     */
    record Unavailable<V>(String reason) implements Lookup<V> {}

    /**
     * An entry is there and this view cannot read it: another codec's, damaged, too large, or of another shape; or it must
     * not be served, as it is not encrypted.
     *
     * @param kind which of them
     * @param reason what went wrong, in a line, without the value
     */
    record Undecodable<V>(Kind kind, String reason) implements Lookup<V> {

        /** One that cannot be read. */
        public Undecodable(String reason) {
            this(Kind.UNREADABLE, reason);
        }

        /** Why an entry is not served. */
        public enum Kind {
            /** It cannot be read. */
            UNREADABLE,
            /** It can be read by everybody: it is not encrypted, and its region admits only what is. */
            NOT_ENCRYPTED
        }
    }
}
