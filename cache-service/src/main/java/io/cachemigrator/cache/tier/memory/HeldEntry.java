package io.cachemigrator.cache.tier.memory;

import com.github.benmanes.caffeine.cache.Interner;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry in memory: its stored bytes, and what is known of them. A hit reads the fields of this object and of no other, as
 * each object more costs as much as the look-up itself. Thread safe: what changes is only what is known, and losing that in
 * a race costs another look.
 */
public final class HeldEntry {
    /** State of no invalidation table. */
    private static final long UNCHECKED = -1;

    /** The epoch in which nothing more needs to be found out about it; zero = none. */
    private volatile long freshIn;

    /** Who has made {@link #decoded} and {@link #wrapped}; set once, after them. */
    private volatile @Nullable Object reader;

    private @Nullable Object decoded;
    private @Nullable Object wrapped;
    private final Stored stored;

    /**
     * Not looked at yet.
     *
     * @param known where entries that have the same tags share them
     */
    HeldEntry(byte[] envelope, long nowNanos, Interner<List<String>> known) {
        this.stored = new Stored(envelope, nowNanos, known);
    }

    /** As stored in the authoritative tier; not to be changed. */
    public byte[] envelope() {
        return stored.envelope;
    }

    /** When it expires, in milliseconds since the epoch, or {@link Envelope#NO_DEADLINE}. */
    public long deadlineMillis() {
        return stored.deadlineMillis;
    }

    /** When it was written, in microseconds since the epoch. */
    public long createdMicros() {
        return stored.createdMicros;
    }

    /** When it was put here, by the ticker of its region. */
    long heldSinceNanos() {
        return stored.sinceNanos;
    }

    boolean isReadable() {
        return stored.readable;
    }

    /** Whether a read may renew its deadline. */
    public boolean isSliding() {
        return stored.sliding;
    }

    boolean isTombstone() {
        return stored.tombstone;
    }

    List<String> tags() {
        return stored.tags;
    }

    boolean isExpired(long nowMillis) {
        return stored.deadlineMillis != Envelope.NO_DEADLINE && stored.deadlineMillis <= nowMillis;
    }

    boolean isVisibleAt(long state) {
        return stored.visibleAt == state;
    }

    void foundVisibleAt(long state) {
        stored.visibleAt = state;
    }

    boolean isFreshIn(long epoch) {
        return freshIn == epoch;
    }

    void freshIn(long epoch) {
        freshIn = epoch;
    }

    /** Whether a reader equal to this one has left here what it made of the bytes. */
    public boolean isDecodedBy(Object asking) {
        Object known = reader;
        return known == asking || (known != null && known.equals(asking));
    }

    /** What the reader has made of the bytes. */
    public @Nullable Object decoded() {
        return decoded;
    }

    /** The same, as a look-up returns it. */
    public @Nullable Object wrapped() {
        return wrapped;
    }

    /** Leaves what a reader has made of the bytes to those that are equal to it; only the first to come is heard. */
    public void keepDecoded(Object by, @Nullable Object value, Object lookup) {
        if (reader == null) {
            synchronized (stored) {
                if (reader == null) {
                    decoded = value;
                    wrapped = lookup;
                    reader = by;
                }
            }
        }
    }

    /** The bytes, with the fields that decide on them. */
    private static final class Stored {
        /** State of the invalidation table in which the entry was last found visible. */
        private volatile long visibleAt = UNCHECKED;

        private final byte[] envelope;
        private final long sinceNanos;
        private final boolean readable;
        private final boolean tombstone;
        private final boolean sliding;
        private final long createdMicros;
        private final long deadlineMillis;
        private final List<String> tags;

        private Stored(byte[] envelope, long sinceNanos, Interner<List<String>> known) {
            this.envelope = envelope;
            this.sinceNanos = sinceNanos;
            this.readable = EnvelopeFormat.isReadable(envelope);
            int flags = readable ? EnvelopeFormat.flags(envelope) : 0;
            this.tombstone = (flags & Envelope.TOMBSTONE) != 0;
            this.sliding = (flags & Envelope.SLIDING) != 0;
            this.createdMicros = readable ? EnvelopeFormat.created(envelope) : 0;
            this.deadlineMillis = readable ? EnvelopeFormat.deadline(envelope) : Envelope.NO_DEADLINE;
            this.tags = readable ? tagsOf(envelope, known) : List.of();
        }

        /** The tags; none when the header is damaged, which the reader of the whole envelope will report. */
        private static List<String> tagsOf(byte[] envelope, Interner<List<String>> known) {
            if (EnvelopeFormat.hasNoTags(envelope)) {
                return List.of();
            }
            try {
                return known.intern(List.copyOf(EnvelopeFormat.tags(envelope)));
            } catch (EnvelopeException damaged) {
                return List.of();
            }
        }
    }
}
