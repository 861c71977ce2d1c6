package io.cachemigrator.validation.consistency;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.Fidelity;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.map.translate.Translation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counters that two legacy counters add up to. Stateless. */
public final class MergedCounters {
    /** Metadata key of the legacy key that was added. */
    private static final String MERGED = "legacy.merged";
    /** Metadata key of the amount that was added. */
    private static final String AMOUNT = "legacy.merged.amount";

    private MergedCounters() {}

    /**
     * The counter that two legacy counters add up to.
     *
     * @param added the legacy entry that is added
     * @param merge what the map makes of it
     * @param base the legacy entry under {@link Translation.CounterMerge#legacyCounterKey()}, or null = 0
     * @return empty where the base is no counter or the sum is no 64-bit number
     */
    public static Optional<Translation.Entry> sum(
            LegacyEntry added, Translation.CounterMerge merge, @Nullable LegacyEntry base) {
        try {
            long total = Math.addExact(base == null ? 0 : number(base.value()), merge.amount());
            Map<String, String> metadata = Map.of(
                    MERGED, new String(added.key(), StandardCharsets.UTF_8), AMOUNT, String.valueOf(merge.amount()));
            return Optional.of(new Translation.Entry(
                    merge.keySpace(),
                    merge.region(),
                    merge.id(),
                    PayloadCodec.JSON,
                    String.valueOf(total).getBytes(StandardCharsets.US_ASCII),
                    OptionalLong.empty(),
                    List.of(),
                    metadata,
                    Fidelity.TRANSFORMED,
                    Set.of()));
        } catch (ArithmeticException | NumberFormatException noSum) {
            return Optional.empty();
        }
    }

    /** Whether an entry came from two legacy counters, so that no single one stands for it. */
    public static boolean isSum(Envelope stored) {
        return stored.metadata().containsKey(MERGED);
    }

    /**
     * Whether a stored counter is the wanted one and what was added to it from a legacy counter that may be gone now.
     *
     * @param wanted the counter without what was added
     * @param deadlineMillis when that expires, or {@link Envelope#NO_DEADLINE}
     * @param stored what the target has
     */
    public static boolean isSumOf(Translation.Entry wanted, long deadlineMillis, Envelope stored) {
        String amount = stored.metadata().get(AMOUNT);
        // a wanted sum is whole: with the amount once more it would have been added twice
        if (amount == null
                || wanted.metadata().containsKey(MERGED)
                || stored.codec() != wanted.codec().number()
                || !EntryComparison.sameDeadline(deadlineMillis, stored.deadlineMillis())) {
            return false;
        }
        try {
            return Math.addExact(number(wanted.payload()), Long.parseLong(amount)) == number(stored.payload());
        } catch (ArithmeticException | NumberFormatException notCounters) {
            return false;
        }
    }

    private static long number(byte[] payload) {
        return Long.parseLong(new String(payload, StandardCharsets.US_ASCII));
    }
}
