package io.cachemigrator.cache;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an id holds at some time. Whoever repeats here what is done in another store, such as a mirror or a migration, hands
 * states over instead of commands: of two states the one of the later time wins, in whatever order they arrive.
 */
public sealed interface EntryState<V> {

    /**
     * A live entry.
     *
     * @param value null = a stored null
     * @param asOf when it was like this, to the microsecond; earlier than every later change
     * @param deadline when it expires; null = it does not
     * @param tags its tags
     * @param metadata its metadata
     */
    record Present<V>(
            @Nullable V value,
            Instant asOf,
            @Nullable Instant deadline,
            List<String> tags,
            Map<String, String> metadata)
            implements EntryState<V> {
        /** Copies. */
        public Present {
            tags = List.copyOf(tags);
            metadata = Map.copyOf(metadata);
        }

        /** Without tags and metadata. */
        public Present(@Nullable V value, Instant asOf, @Nullable Instant deadline) {
            this(value, asOf, deadline, List.of(), Map.of());
        }
    }

    /**
     * No live entry.
     *
     * @param asOf when there was none, to the microsecond
     */
    record Absent<V>(Instant asOf) implements EntryState<V> {}

    /**
     * What is there cannot be told.
     *
     * @param reason why, for people
     */
    record Unknown<V>(String reason) implements EntryState<V> {}
}
