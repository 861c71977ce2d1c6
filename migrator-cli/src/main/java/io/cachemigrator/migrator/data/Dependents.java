package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.Fidelity;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.map.translate.Translation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out entries that depend on more than one legacy key. */
final class Dependents {
    private static final String MERGED = "legacy.merged";
    private static final String AMOUNT = "legacy.merged.amount";

    private Dependents() {}

    /** Whether a stored counter is the wanted one and what was added to it from a legacy counter that is gone now. */
    static boolean isSumOf(CopyEntry wanted, Envelope stored) {
        String amount = stored.metadata().get(AMOUNT);
        if (amount == null || !Entries.sameDeadline(wanted.envelope().deadlineMillis(), stored.deadlineMillis())) {
            return false;
        }
        try {
            long base = Long.parseLong(new String(wanted.translation().payload(), StandardCharsets.US_ASCII));
            long sum = Math.addExact(base, Long.parseLong(amount));
            return String.valueOf(sum).equals(new String(stored.payload(), StandardCharsets.US_ASCII));
        } catch (ArithmeticException | NumberFormatException e) {
            // not a counter, hence no sum
            return false;
        }
    }

    /** Whether an entry came from more than one legacy key, so that no single one stands for it. */
    static boolean isSum(Envelope stored) {
        return stored.metadata().containsKey(MERGED);
    }

    /** The counter that two legacy counters add up to; null when there is no such 64-bit number. */
    static @Nullable CopyEntry sum(
            LegacyEntry entry, Translation.CounterMerge merge, LegacyReader source, String runId, long clockOffset) {
        LegacyEntry partner = source.read(List.of(merge.legacyCounterKey())).get(0);
        try {
            long base = partner == null ? 0 : Long.parseLong(new String(partner.value(), StandardCharsets.US_ASCII));
            String total = String.valueOf(Math.addExact(base, merge.amount()));
            Translation.Entry wanted = new Translation.Entry(
                    merge.keySpace(),
                    merge.region(),
                    merge.id(),
                    PayloadCodec.JSON,
                    total.getBytes(StandardCharsets.US_ASCII),
                    OptionalLong.empty(),
                    List.of(),
                    Map.of(
                            MERGED,
                            new String(entry.key(), StandardCharsets.UTF_8),
                            AMOUNT,
                            String.valueOf(merge.amount())),
                    Fidelity.TRANSFORMED,
                    Set.of());
            return Entries.of(entry, wanted, runId, clockOffset);
        } catch (ArithmeticException | NumberFormatException e) {
            // said by the null: the caller sets the entry aside with a reason
            return null;
        }
    }
}
