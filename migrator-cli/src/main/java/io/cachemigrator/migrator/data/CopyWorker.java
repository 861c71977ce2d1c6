package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.translate.Fidelity;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.QuarantineRecord;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies pages of keys over connections of its own. Used by one thread at a time. */
final class CopyWorker implements AutoCloseable {
    private static final long LEAST_REMAINING_MS = 1_000;
    private static final long TARGET_CHUNK_BYTES = 2L << 20;
    private static final int LEAST_CHUNK = 8;
    private static final int MOST_CHUNK = 500;
    private static final long CLOCK_DIFFERENCE_IGNORED_MS = 100;

    private final DataCopy.Options options;
    private final LegacyReader source;
    private final CopyTarget target;
    private final long clockOffsetMillis;
    private long averageBytes = 64 << 10;

    private CopyWorker(DataCopy.Options options, LegacyReader source, CopyTarget target) {
        this.options = options;
        this.source = source;
        this.target = target;
        long offset = target.nowMillis() - source.nowMillis();
        this.clockOffsetMillis = Math.abs(offset) < CLOCK_DIFFERENCE_IGNORED_MS ? 0 : offset;
    }

    static CopyWorker open(DataCopy.Options options) {
        LegacyReader source = options.stores().openLegacy();
        try {
            return new CopyWorker(options, source, options.stores().openTarget());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * What became of a page.
     *
     * @param counts counters of its keys
     * @param quarantined entries set aside
     */
    record PageResult(CopyCounts counts, List<QuarantineRecord> quarantined) {}

    /** Copies keys: reads, translates, writes, reads back. Doing it again changes nothing more. */
    PageResult copy(List<byte[]> keys) {
        PageResult result = new PageResult(new CopyCounts(), new ArrayList<>());
        for (int from = 0; from < keys.size(); ) {
            int chunk = (int) Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, TARGET_CHUNK_BYTES / averageBytes));
            int to = Math.min(keys.size(), from + chunk);
            chunk(keys.subList(from, to), result);
            from = to;
        }
        return result;
    }

    private void chunk(List<byte[]> keys, PageResult result) {
        List<@Nullable LegacyEntry> entries = source.read(keys);
        List<CopyEntry> writes = new ArrayList<>(keys.size());
        long bytes = 0;
        for (int i = 0; i < keys.size(); i++) {
            LegacyEntry entry = entries.get(i);
            if (entry == null || (entry.remainingTtlMillis() >= 0 && entry.remainingTtlMillis() < LEAST_REMAINING_MS)) {
                expired(keys.get(i), result);
            } else {
                bytes += entry.value().length;
                translate(entry, writes, result);
            }
        }
        averageBytes = Math.max(64, (averageBytes + bytes / Math.max(1, keys.size())) / 2);
        write(writes, result);
    }

    private void expired(byte[] key, PageResult result) {
        KeySpace space = options.maps().keySpace(key);
        if (space != null) {
            CopyCounts.Counts counts = result.counts().of(space.name());
            counts.scanned++;
            counts.expired++;
        }
    }

    private void translate(LegacyEntry entry, List<CopyEntry> writes, PageResult result) {
        Translation translation = options.maps().translate(entry);
        if (translation instanceof Translation.Entry wanted) {
            result.counts().of(wanted.keySpace()).scanned++;
            writes.add(Entries.of(entry, wanted, options.runId(), clockOffsetMillis));
        } else if (translation instanceof Translation.CounterMerge merge) {
            result.counts().of(merge.keySpace()).scanned++;
            merge(entry, merge, writes, result);
        } else if (translation instanceof Translation.FoldIfAbsent fold) {
            result.counts().of(fold.entry().keySpace()).scanned++;
            fold(entry, fold, writes, result);
        } else if (translation instanceof Translation.Quarantined refused) {
            result.counts().of(refused.keySpace()).scanned++;
            quarantine(entry.key(), refused.keySpace(), refused.reason().name(), refused.detail(), result);
        }
    }

    /** The target gets the sum of both legacy counters, so that copying again gives the same sum. */
    private void merge(LegacyEntry entry, Translation.CounterMerge merge, List<CopyEntry> writes, PageResult result) {
        CopyEntry sum = Dependents.sum(entry, merge, source, options.runId(), clockOffsetMillis);
        if (sum == null) {
            quarantine(
                    entry.key(),
                    merge.keySpace(),
                    "NOT_A_COUNTER",
                    "the counter it belongs to is no 64-bit integer, or the sum would not be one",
                    result);
        } else {
            writes.add(sum);
        }
    }

    private void fold(LegacyEntry entry, Translation.FoldIfAbsent fold, List<CopyEntry> writes, PageResult result) {
        if (source.exist(List.of(fold.legacyKey())).get(0)) {
            quarantine(
                    entry.key(),
                    fold.entry().keySpace(),
                    "CONFLICT",
                    "the key without the repeated namespace, '"
                            + new String(fold.legacyKey(), StandardCharsets.UTF_8)
                            + "', exists as well and is kept",
                    result);
        } else {
            writes.add(Entries.of(entry, fold.entry(), options.runId(), clockOffsetMillis));
        }
    }

    private void write(List<CopyEntry> writes, PageResult result) {
        if (writes.isEmpty()) {
            return;
        }
        List<WriteState> states = target.write(writes, this::keepReplaced);
        for (int i = 0; i < writes.size(); i++) {
            count(writes.get(i), states.get(i), result);
        }
    }

    private void count(CopyEntry entry, WriteState state, PageResult result) {
        CopyCounts.Counts counts = result.counts().of(entry.translation().keySpace());
        switch (state) {
            case WRITTEN, SAME -> {
                counts.written++;
                counts.verified++;
                counts.bytes += entry.translation().payload().length;
                if (entry.translation().fidelity() == Fidelity.OPAQUE) {
                    counts.opaque++;
                }
            }
            case NEWER -> counts.skippedNewer++;
            case EXPIRED -> counts.expired++;
            case DIFFERENT ->
                throw new MigratorException(
                        ErrorCode.VERIFICATION_FAILED,
                        "What was read back for '" + new String(entry.legacyKey(), StandardCharsets.UTF_8)
                                + "' is not what was written.",
                        "The target changed it in between, or does not keep what it is given.",
                        "Find out what else writes keys of the consolidated service, then run `migrator migrate --resume`.");
        }
    }

    private void keepReplaced(CopyTarget.Replaced replaced) {
        String sha = options.backup().store(EnvelopeFormat.encode(replaced.envelope()));
        options.journal()
                .overwritten(
                        options.runId(),
                        replaced.place().region(),
                        replaced.place().id(),
                        sha);
    }

    private static void quarantine(byte[] key, String keySpace, String reason, String detail, PageResult result) {
        result.counts().of(keySpace).quarantined++;
        result.quarantined()
                .add(new QuarantineRecord(new String(key, StandardCharsets.UTF_8), keySpace, reason, detail));
    }

    @Override
    public void close() {
        target.close();
        source.close();
    }
}
