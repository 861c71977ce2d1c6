package io.cachemigrator.migrator.data;

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
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies pages of keys over connections of its own. Used by one thread at a time. */
final class CopyWorker implements AutoCloseable {
    private static final long TARGET_CHUNK_BYTES = 2L << 20;
    private static final int LEAST_CHUNK = 8;
    private static final int MOST_CHUNK = 500;
    private static final int MOST_READINGS = 12;

    private final DataCopy.Options options;
    private final LegacyReader source;
    private final CopyTarget target;
    private final SourceLatency latency;
    private final Clocks clocks;
    private final Leftovers leftovers;
    private final ReplacedEntries replaced;
    private final LargeCopies larges;
    private long averageBytes = 64 << 10;

    private CopyWorker(DataCopy.Options options, SourceLatency latency, LegacyReader source, CopyTarget target) {
        this.options = options;
        this.latency = latency;
        this.source = source;
        this.target = target;
        this.replaced = new ReplacedEntries(options.runId(), options.journal(), options.backup());
        this.clocks = new Clocks(source, target);
        this.leftovers = new Leftovers(options.maps(), source, target);
        this.larges = new LargeCopies(options, source, target, clocks, replaced);
    }

    static CopyWorker open(DataCopy.Options options, SourceLatency latency) {
        LegacyReader source = options.stores().openLegacy();
        try {
            return new CopyWorker(options, latency, source, options.stores().openTarget());
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

    /** Reads and writes entries; those that may have changed in between are read again. */
    private void chunk(List<byte[]> keys, PageResult result) {
        List<byte[]> again = keys;
        for (int reading = 1; !again.isEmpty(); reading++) {
            again = once(again, result, reading == MOST_READINGS);
        }
    }

    private List<byte[]> once(List<byte[]> keys, PageResult result, boolean last) {
        // a process that was stopped for long finds out before it reads more, and what it has in hand then is too old
        // to write
        options.lock().check();
        long begun = System.nanoTime();
        List<@Nullable LegacyEntry> entries = source.read(
                keys, Collections.nCopies(keys.size(), options.maps().usualType()));
        long ended = System.nanoTime();
        latency.read(keys.size(), ended - begun, ended);
        Batch batch = new Batch(new ArrayList<>(keys.size()), new ArrayList<>(), new ArrayList<>(), result);
        List<byte[]> gone = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < keys.size(); i++) {
            LegacyEntry entry = entries.get(i);
            if (entry == null) {
                gone.add(keys.get(i));
                expired(keys.get(i), result);
            } else {
                bytes += entry.value().length;
                translate(entry, batch);
            }
        }
        averageBytes = Math.max(64, (averageBytes + bytes / Math.max(1, keys.size())) / 2);
        leftovers.removeOf(gone, replaced);
        write(batch, last);
        for (Large large : batch.large()) {
            copyLarge(large, batch, last);
        }
        return batch.again();
    }

    /** A large entry and what becomes of it. */
    private record Large(LegacyEntry entry, Translation.Large wanted) {}

    /** What is in hand: what to write, what is large, and what is to be read again. */
    private record Batch(List<CopyEntry> writes, List<Large> large, List<byte[]> again, PageResult result) {}

    private void copyLarge(Large large, Batch batch, boolean last) {
        // as for a page: it may have taken long since
        options.lock().check();
        PageResult result = batch.result();
        String keySpace = large.wanted().keySpace();
        byte[] key = large.entry().key();
        LargeCopies.Outcome outcome = larges.copy(large.entry(), large.wanted());
        if (outcome instanceof LargeCopies.Refused refused) {
            quarantine(key, keySpace, refused.reason().name(), refused.detail(), result);
        } else if (outcome instanceof LargeCopies.Whole whole) {
            result.counts().of(keySpace).scanned--;
            Batch one = new Batch(new ArrayList<>(), new ArrayList<>(), batch.again(), result);
            translate(whole.entry(), one);
            write(one, last);
        } else if (outcome instanceof LargeCopies.Written written) {
            CopyCounts.Counts counts = result.counts().of(keySpace);
            if (written.state() == WriteState.READ_AGAIN && !last) {
                batch.again().add(key);
                counts.scanned--;
            } else {
                count(key, counts, written.state(), written.bytes(), written.opaque());
            }
        }
    }

    private void expired(byte[] key, PageResult result) {
        KeySpace space = options.maps().keySpace(key);
        if (space != null) {
            CopyCounts.Counts counts = result.counts().of(space.name());
            counts.scanned++;
            counts.expired++;
        }
    }

    private void translate(LegacyEntry entry, Batch batch) {
        PageResult result = batch.result();
        List<CopyEntry> writes = batch.writes();
        Translation translation = options.maps().translate(entry);
        if (translation instanceof Translation.Entry wanted) {
            result.counts().of(wanted.keySpace()).scanned++;
            writes.add(Entries.of(entry, wanted, options.runId(), clocks.deadlineOffsetMillis()));
        } else if (translation instanceof Translation.Large large) {
            result.counts().of(large.keySpace()).scanned++;
            batch.large().add(new Large(entry, large));
        } else if (translation instanceof Translation.CounterMerge merge) {
            result.counts().of(merge.keySpace()).scanned++;
            merge(entry, merge, writes, result);
        } else if (translation instanceof Translation.FoldIfAbsent fold) {
            result.counts().of(fold.entry().keySpace()).scanned++;
            fold(entry, fold, writes, result);
        } else if (translation instanceof Translation.Quarantined refused) {
            result.counts().of(refused.keySpace()).scanned++;
            quarantine(entry.key(), refused.keySpace(), refused.reason().name(), refused.detail(), result);
        } else if (translation instanceof Translation.Excluded) {
            left(entry.key(), result);
        }
    }

    /** Only its value or type showed that an open key space does not own it. */
    private void left(byte[] key, PageResult result) {
        KeySpace space = options.maps().keySpace(key);
        if (space != null) {
            CopyCounts.Counts counts = result.counts().of(space.name());
            counts.scanned++;
            counts.left++;
        }
    }

    /** The target gets the sum of both legacy counters, so that copying again gives the same sum. */
    private void merge(LegacyEntry entry, Translation.CounterMerge merge, List<CopyEntry> writes, PageResult result) {
        CopyEntry sum = Dependents.sum(entry, merge, source, options.runId(), clocks.deadlineOffsetMillis());
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
            writes.add(Entries.of(entry, fold.entry(), options.runId(), clocks.deadlineOffsetMillis()));
        }
    }

    private void write(Batch batch, boolean last) {
        List<CopyEntry> writes = batch.writes();
        if (writes.isEmpty()) {
            return;
        }
        // what nobody changes may be in hand for as long as it likes
        long readAt = clocks.atTarget(
                source.isSnapshot()
                        ? source.nowMillis() * 1_000
                        : writes.get(0).envelope().createdMicros());
        List<WriteState> states = target.write(writes, new WriteTerms(readAt, options.legacyCounts()), replaced);
        for (int i = 0; i < writes.size(); i++) {
            CopyEntry entry = writes.get(i);
            CopyCounts.Counts counts =
                    batch.result().counts().of(entry.translation().keySpace());
            if (states.get(i) == WriteState.READ_AGAIN && !last) {
                batch.again().add(entry.legacyKey());
                counts.scanned--;
            } else {
                boolean opaque = entry.translation().fidelity() == Fidelity.OPAQUE;
                count(
                        entry.legacyKey(),
                        counts,
                        states.get(i),
                        entry.translation().payload().length,
                        opaque);
            }
        }
    }

    private static void count(byte[] key, CopyCounts.Counts counts, WriteState state, long bytes, boolean opaque) {
        switch (state) {
            case WRITTEN, SAME -> {
                counts.written++;
                counts.verified++;
                counts.bytes += bytes;
                counts.opaque += opaque ? 1 : 0;
            }
            case NEWER -> counts.skippedNewer++;
            case EXPIRED -> counts.expired++;
            case READ_AGAIN -> throw restless(key);
            case DIFFERENT ->
                throw new MigratorException(
                        ErrorCode.VERIFICATION_FAILED,
                        "What was read back for '" + new String(key, StandardCharsets.UTF_8)
                                + "' is not what was written.",
                        "The target changed it in between, or does not keep what it is given.",
                        "Find out what else writes keys of the consolidated service, then run `migrator migrate --resume`.");
        }
    }

    private static MigratorException restless(byte[] key) {
        return new MigratorException(
                ErrorCode.VERIFICATION_FAILED,
                "The entry '" + new String(key, StandardCharsets.UTF_8) + "' could not be copied.",
                "It was read " + MOST_READINGS
                        + " times, and each time it may have changed before it was written, or more than "
                        + CopyScript.LONGEST_IN_HAND.toSeconds() + " s had passed.",
                "Lower the load on the stores or the rate of the copy (--rate), then run `migrator migrate --resume`.");
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
