package io.cachemigrator.cache;

import io.cachemigrator.cache.EntryState.Absent;
import io.cachemigrator.cache.EntryState.Present;
import io.cachemigrator.cache.EntryState.Unknown;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.TimedWrite;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands states of a region's entries over to other stores, and takes over theirs. */
final class RegionStates<V> {
    /** For how long a deletion that was made elsewhere keeps older states out. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final OpenRegion region;
    private final EntryWriter<V> writer;
    private final ValueReader<V> reader;

    RegionStates(OpenRegion region, EntryWriter<V> writer, ValueReader<V> reader) {
        this.region = region;
        this.writer = writer;
        this.reader = reader;
    }

    Map<String, EntryState<V>> states(List<String> ids) {
        RegionStore store = region.reads();
        Instant asked = Instant.ofEpochMilli(store.authority.nowMillis());
        Map<String, EntryState<V>> states = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            store.inspectAll(ids).forEach((id, found) -> states.put(id, state(found, asked)));
        }
        return states;
    }

    private EntryState<V> state(Found found, Instant asked) {
        if (found instanceof Found.Live live) {
            return present(live.envelope());
        }
        if (found instanceof Found.Down down) {
            return new Unknown<>(down.reason());
        }
        return found instanceof Found.Damaged damaged ? new Unknown<>(damaged.reason()) : new Absent<>(asked);
    }

    private EntryState<V> present(Envelope envelope) {
        try {
            long deadline = envelope.deadlineMillis();
            return new Present<>(
                    reader.valueOf(envelope),
                    Instant.EPOCH.plus(envelope.createdMicros(), ChronoUnit.MICROS),
                    deadline == Envelope.NO_DEADLINE ? null : Instant.ofEpochMilli(deadline),
                    envelope.tags(),
                    envelope.metadata());
        } catch (CodecException unreadable) {
            return new Unknown<>(String.valueOf(unreadable.getMessage()));
        }
    }

    Map<String, WriteOutcome> apply(Map<String, ? extends EntryState<V>> states) {
        Map<String, WriteOutcome> outcomes = new LinkedHashMap<>();
        List<TimedWrite> writes = new ArrayList<>(states.size());
        states.forEach((id, state) -> {
            byte @Nullable [] envelope = envelope(Texts.id(id), state);
            outcomes.put(id, envelope == null ? WriteOutcome.TOO_LARGE : WriteOutcome.UNAVAILABLE);
            if (envelope != null) {
                writes.add(new TimedWrite(id, envelope));
            }
        });
        @Nullable
        List<Boolean> made = writes.isEmpty() ? List.of() : region.writes().apply(writes);
        if (made != null) {
            for (int i = 0; i < made.size(); i++) {
                outcomes.put(writes.get(i).id(), made.get(i) ? WriteOutcome.STORED : WriteOutcome.CONDITION_NOT_MET);
            }
        }
        return outcomes;
    }

    private byte @Nullable [] envelope(String id, EntryState<V> state) {
        long now = region.reads().authority.nowMillis();
        if (state instanceof Present<V> present) {
            Instant deadline = present.deadline();
            // one that expired on its way is as if it had been removed
            return deadline == null || deadline.toEpochMilli() > now
                    ? stamped(id, present)
                    : tombstone(present.asOf(), now);
        }
        if (state instanceof Absent<V> absent) {
            return tombstone(absent.asOf(), now);
        }
        throw new IllegalArgumentException("The state of '" + id + "' is not known, so it cannot be taken over: "
                + ((Unknown<V>) state).reason() + ". Ask for it again, and hand over what is found then.");
    }

    private static byte[] tombstone(Instant asOf, long nowMillis) {
        return EnvelopeFormat.encode(Envelope.tombstone(micros(asOf), nowMillis + REMEMBERED.toMillis()));
    }

    private byte @Nullable [] stamped(String id, Present<V> state) {
        Instant deadline = state.deadline();
        Duration ttl = deadline == null ? WriteOptions.NO_EXPIRY : Duration.between(state.asOf(), deadline);
        WriteOptions options = new WriteOptions(
                // how long it lasts matters to sliding regions only; the deadline is what it is
                ttl.isNegative() || ttl.isZero() ? Duration.ofMillis(1) : ttl,
                WriteOptions.Condition.ALWAYS,
                state.tags(),
                state.metadata());
        @Nullable EntryWrite write = writer.write(id, state.value(), options);
        return write == null
                ? null
                : EnvelopeFormat.stamped(
                        write.envelope(),
                        micros(state.asOf()),
                        deadline == null ? Envelope.NO_DEADLINE : deadline.toEpochMilli());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
