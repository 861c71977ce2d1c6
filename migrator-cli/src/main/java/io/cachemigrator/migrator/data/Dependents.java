package io.cachemigrator.migrator.data;

import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.validation.consistency.MergedCounters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out entries that depend on more than one legacy key. */
final class Dependents {
    private Dependents() {}

    /** The counter that two legacy counters add up to; null when there is no such 64-bit number. */
    static @Nullable CopyEntry sum(
            LegacyEntry entry, Translation.CounterMerge merge, LegacyReader source, String runId, long clockOffset) {
        LegacyEntry base = source.read(List.of(merge.legacyCounterKey())).get(0);
        return MergedCounters.sum(entry, merge, base)
                .map(sum -> later(Entries.of(entry, sum, runId, clockOffset)))
                .orElse(null);
    }

    /** Entries of a snapshot are of one time, and the sum is to take the place of the counter that is part of it. */
    private static CopyEntry later(CopyEntry sum) {
        return new CopyEntry(
                sum.legacyKey(),
                sum.translation(),
                sum.envelope().withCreated(sum.envelope().createdMicros() + 1));
    }
}
