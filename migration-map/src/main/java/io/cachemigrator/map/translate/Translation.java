package io.cachemigrator.map.translate;

import io.cachemigrator.map.Exclusion;
import io.cachemigrator.map.Strategy;
import io.cachemigrator.map.encoding.JsonObject;
import io.cachemigrator.map.encoding.LegacyEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What becomes of one legacy entry. Arrays are shared and must not be changed. */
@SuppressWarnings("ArrayRecordComponent") // one per key copied; payloads are compared through matches()
public sealed interface Translation {
    /**
     * An entry to write, unless something newer is there.
     *
     * @param keySpace the name of the legacy key space
     * @param region the target region
     * @param id the id in the region
     * @param codec what the payload is
     * @param payload the payload
     * @param remainingTtlMillis what is left of its life in milliseconds, counted from when the legacy entry was read;
     *     empty where it never expires
     * @param tags its tags, without repetition
     * @param metadata what is known of its origin, with keys that start with {@code legacy.}; empty for plain copies
     * @param fidelity how the payload relates to the legacy value
     * @param timeFields top-level fields of the payload that depend on when the legacy entry was read
     */
    record Entry(
            String keySpace,
            String region,
            String id,
            PayloadCodec codec,
            byte[] payload,
            OptionalLong remainingTtlMillis,
            List<String> tags,
            Map<String, String> metadata,
            Fidelity fidelity,
            Set<String> timeFields)
            implements Translation {
        /**
         * Tells whether another payload holds the same value: the same bytes, but for the text of {@link #timeFields}.
         *
         * @param other the payload found in the target
         */
        public boolean matches(byte[] other) {
            if (timeFields.isEmpty() || Arrays.equals(payload, other)) {
                return Arrays.equals(payload, other);
            }
            JsonObject mine = JsonObject.parse(payload);
            JsonObject theirs = JsonObject.parse(other);
            return mine != null
                    && theirs != null
                    && mine.names().equals(theirs.names())
                    && mine.names().stream()
                            .allMatch(name -> timeFields.contains(name)
                                    ? mine.string(name) != null == (theirs.string(name) != null)
                                    : Arrays.equals(mine.raw(name), theirs.raw(name)));
        }
    }

    /**
     * An entry to write whose value is too large for memory: it is read and written in pieces.
     *
     * @param keySpace the name of the legacy key space
     * @param region the target region
     * @param id the id in the region
     * @param remainingTtlMillis as of {@link Entry}
     * @param encodings the encodings of values that belong to the key space
     * @param transform whether the value would get another form, which takes all of it at once
     */
    record Large(
            String keySpace,
            String region,
            String id,
            OptionalLong remainingTtlMillis,
            Set<LegacyEncoding> encodings,
            boolean transform)
            implements Translation {}

    /**
     * A counter to add to another. The caller adds it once and records that it did.
     *
     * @param keySpace the name of the legacy key space
     * @param region the region of the counter to add to
     * @param id the id of the counter to add to
     * @param amount what to add
     * @param legacyCounterKey the legacy key of the counter to add to, whose own value comes first
     */
    record CounterMerge(String keySpace, String region, String id, long amount, byte[] legacyCounterKey)
            implements Translation {}

    /**
     * An entry under a mistaken key, to write only where nothing has the right one: neither the legacy store nor the
     * target. Otherwise it is a conflict to report.
     *
     * @param entry the entry under the right key
     * @param legacyKey the legacy key that it should have had
     */
    record FoldIfAbsent(Entry entry, byte[] legacyKey) implements Translation {}

    /**
     * An entry that cannot or must not be carried over, and is reported.
     *
     * @param keySpace the name of the legacy key space
     * @param reason why, as a code
     * @param detail why, in words, without any of the value's content
     */
    record Quarantined(String keySpace, QuarantineReason reason, String detail) implements Translation {}

    /**
     * An entry of a key space that is not carried over.
     *
     * @param keySpace the name of the legacy key space
     * @param strategy {@link Strategy#RECOMPUTE} or {@link Strategy#DROP}
     */
    record NotCopied(String keySpace, Strategy strategy) implements Translation {}

    /**
     * An entry that the map leaves as it is, and reports.
     *
     * @param exclusion the pattern and the reason
     */
    record Excluded(Exclusion exclusion) implements Translation {}

    /** An entry that no pattern of the map covers: never touched. */
    enum Unclaimed implements Translation {
        /** The only value. */
        UNCLAIMED
    }
}
