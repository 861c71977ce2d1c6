package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.tier.memory.HeldEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes values of what is stored, with one codec. */
final class ValueReader<V> {
    private final Codec<V> codec;
    private final boolean shares;

    /**
     * With a codec.
     *
     * @param shares whether one value may be handed out to several callers
     */
    ValueReader(Codec<V> codec, boolean shares) {
        this.codec = codec;
        this.shares = shares;
    }

    /** What a look-up has found, as it is returned; what may be shared is left with the entry in memory. */
    Lookup<V> decoded(Found found) {
        try {
            if (found instanceof Found.Missing) {
                return new Lookup.Absent<>();
            }
            if (found instanceof Found.Down down) {
                return new Lookup.Unavailable<>(down.reason());
            }
            if (found instanceof Found.Live live) {
                return shared(new Lookup.Present<>(valueOf(live.envelope()), deadlineOf(live.envelope())), live);
            }
            if (found instanceof Found.Past past) {
                Instant deadline = Instant.ofEpochMilli(past.envelope().deadlineMillis());
                return new Lookup.Stale<>(valueOf(past.envelope()), deadline);
            }
            Found.Damaged damaged = (Found.Damaged) found;
            return new Lookup.Undecodable<>(damaged.kind(), damaged.reason());
        } catch (CodecException unreadable) {
            return new Lookup.Undecodable<>(String.valueOf(unreadable.getMessage()));
        }
    }

    private Lookup<V> shared(Lookup.Present<V> present, Found.Live live) {
        HeldEntry held = live.held();
        // an entry that was renewed just now stands in memory with its old deadline
        if (shares && held != null && held.deadlineMillis() == live.envelope().deadlineMillis()) {
            held.keepDecoded(codec, present.value(), present);
        }
        return present;
    }

    /** The value that an entry holds. */
    @Nullable
    V valueOf(Envelope envelope) throws CodecException {
        return envelope.isNull() ? null : decode(envelope.payload(), envelope.codec());
    }

    /** What a load gave, as a value of the caller's own. */
    @Nullable
    V valueOf(Loaded loaded) throws CodecException {
        byte @Nullable [] payload = loaded.payload();
        return payload == null ? null : decode(payload, loaded.codec());
    }

    /** The form in which those who wait for a load get its value. */
    Loaded encoded(@Nullable V value) {
        return new Loaded(codec.id(), value == null ? null : codec.encode(value));
    }

    /** Reads a payload with this view's codec, if it reads what wrote it. */
    private V decode(byte[] payload, int writtenBy) throws CodecException {
        if (!codec.reads(writtenBy)) {
            throw new CodecException(
                    "the entry was written by codec " + writtenBy + ", and this view reads codec " + codec.id(), null);
        }
        return codec.decode(payload, writtenBy);
    }

    private static @Nullable Instant deadlineOf(Envelope envelope) {
        return envelope.deadlineMillis() == Envelope.NO_DEADLINE
                ? null
                : Instant.ofEpochMilli(envelope.deadlineMillis());
    }
}
