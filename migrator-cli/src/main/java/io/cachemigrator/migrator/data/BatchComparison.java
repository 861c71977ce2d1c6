package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.Fidelity;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.validation.consistency.Difference;
import io.cachemigrator.validation.consistency.MergedCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Compares batches of entries over connections of its own. Used by one thread at a time. */
final class BatchComparison implements AutoCloseable {
    private static final long BATCH_BYTES = 2L << 20;
    private static final int LEAST_BATCH = 8;
    private static final int MOST_BATCH = 500;
    private static final long ABOUT_TO_EXPIRE_MS = 2_000;

    private final Options options;
    private final LegacyReader source;
    private final CopyTarget target;
    private final Clocks clocks;
    private final LargeComparison larges;
    private long averageBytes = 16 << 10;

    private BatchComparison(Options options, LegacyReader source, CopyTarget target) {
        this.options = options;
        this.source = source;
        this.target = target;
        this.clocks = new Clocks(source, target);
        this.larges = new LargeComparison(source, target, clocks);
    }

    /**
     * What all workers of a comparison share.
     *
     * @param maps what becomes of entries
     * @param merged legacy keys of the counters that are added to others, by the place of the sum
     * @param seen places that have a legacy entry
     * @param digest whether the target is asked for digests first
     * @param legacyCounts whether mirrors keep the target like the legacy store, so that what the application wrote there must
     *     be equal too
     * @param toleranceMillis deadlines that are further apart differ
     */
    record Options(
            MapSet maps,
            Map<CopyTarget.Place, byte[]> merged,
            SeenPlaces seen,
            boolean digest,
            boolean legacyCounts,
            long toleranceMillis) {

        Options(MapSet maps, boolean digest, boolean legacyCounts, long toleranceMillis) {
            this(maps, new ConcurrentHashMap<>(), new SeenPlaces(), digest, legacyCounts, toleranceMillis);
        }
    }

    /**
     * What was found in a page of keys.
     *
     * @param counts what is settled
     * @param suspects entries that differ, and are to be looked at again
     */
    record PageResult(ComparisonTally.PageCounts counts, List<Suspect> suspects) {}

    static BatchComparison open(Options options, Stores stores) {
        LegacyReader source = stores.openLegacy();
        try {
            return new BatchComparison(options, source, stores.openTarget());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    long nowMillis() {
        return target.nowMillis();
    }

    /**
     * An entry as both sides have it.
     *
     * @param legacyKey its legacy key
     * @param place where it belongs
     * @param there what is in that place, or its head; null = nothing
     * @param difference what differs, in words, unless it is settled
     * @param deadline when the legacy entry expires
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Suspect(
            byte[] legacyKey,
            CopyTarget.Place place,
            @Nullable Envelope there,
            @Nullable Difference difference,
            long deadline) {

        /** Whether it is as it should be. */
        boolean isSettled() {
            return difference == null;
        }
    }

    /** Compares entries once. */
    PageResult compare(List<byte[]> keys) {
        PageResult result = new PageResult(new ComparisonTally.PageCounts(), new ArrayList<>());
        for (int from = 0; from < keys.size(); ) {
            int size = (int) Math.max(LEAST_BATCH, Math.min(MOST_BATCH, BATCH_BYTES / averageBytes));
            int to = Math.min(keys.size(), from + size);
            batch(keys.subList(from, to), result);
            from = to;
        }
        return result;
    }

    private void batch(List<byte[]> keys, PageResult result) {
        TargetLook look =
                options.digest() ? TargetLook.none(options.maps(), keys) : TargetLook.at(target, options.maps(), keys);
        List<CopyEntry> wanted = new ArrayList<>(keys.size());
        long bytes = 0;
        for (LegacyEntry entry : source.read(keys, look.types())) {
            if (entry != null) {
                bytes += entry.value().length;
                compareLargeOr(entry, wanted, result);
            }
        }
        averageBytes = Math.max(64, (averageBytes + bytes / Math.max(1, keys.size())) / 2);
        options.seen().add(wanted.stream().map(BatchComparison::place).toList());
        judge(options.digest() ? afterDigest(wanted, result) : wanted, look, result);
        if (!result.suspects().isEmpty()) {
            long now = target.nowMillis();
            result.suspects().removeIf(suspect -> isAboutToExpire(suspect, now));
        }
    }

    /** Where nobody has looked yet is looked now. */
    private void judge(List<CopyEntry> wanted, TargetLook look, PageResult result) {
        List<CopyEntry> open = new ArrayList<>();
        int at = 0;
        for (CopyEntry entry : wanted) {
            at = look.find(entry.legacyKey(), at);
            if (look.isAt(at, entry)) {
                judge(suspect(entry, look.envelope(at)), result);
            } else {
                open.add(entry);
            }
        }
        List<@Nullable Envelope> stored = open.isEmpty()
                ? List.of()
                : target.read(open.stream().map(BatchComparison::place).toList());
        for (int i = 0; i < open.size(); i++) {
            judge(suspect(open.get(i), stored.get(i)), result);
        }
    }

    private void compareLargeOr(LegacyEntry entry, List<CopyEntry> wanted, PageResult result) {
        if (entry.large() && options.maps().translate(entry) instanceof Translation.Large large) {
            options.seen().add(List.of(new CopyTarget.Place(large.region(), large.id())));
            @Nullable Suspect pair = large(entry, large);
            if (pair == null) {
                result.counts().setAside++;
            } else {
                judge(pair, result);
            }
        } else {
            expected(entry, wanted, result.counts());
        }
    }

    /** One at a time, as neither side is ever in memory as a whole; null where nothing is expected of the target. */
    private @Nullable Suspect large(LegacyEntry entry, Translation.Large wanted) {
        CopyTarget.Place place = new CopyTarget.Place(wanted.region(), wanted.id());
        @Nullable Envelope there = target.read(List.of(place)).get(0);
        long deadline = wanted.remainingTtlMillis().isPresent()
                ? entry.readAt().toEpochMilli()
                        + wanted.remainingTtlMillis().getAsLong()
                        + clocks.deadlineOffsetMillis()
                : Envelope.NO_DEADLINE;
        if (there != null && !there.isMigrated() && !options.legacyCounts()) {
            return new Suspect(entry.key(), place, there, null, deadline);
        }
        LargeComparison.Outcome outcome = larges.compare(entry, wanted, options.maps(), there);
        if (outcome instanceof LargeComparison.SetAside) {
            return null;
        }
        @Nullable
        Difference difference = outcome instanceof LargeComparison.Differs differs ? differs.difference() : null;
        return new Suspect(entry.key(), place, there, difference, deadline);
    }

    private void judge(Suspect pair, PageResult result) {
        if (pair.isSettled()) {
            count(pair, result.counts());
        } else if (!isMerged(pair.place())) {
            result.suspects().add(pair);
        }
    }

    private Suspect suspect(CopyEntry wanted, @Nullable Envelope there) {
        return new Suspect(
                wanted.legacyKey(),
                place(wanted),
                there,
                isSettled(wanted, there)
                        ? null
                        : Entries.difference(wanted, there, target.nowMillis(), options.toleranceMillis()),
                wanted.envelope().deadlineMillis());
    }

    /** Asks nobody for the time, which only the words need that tell a difference. */
    private boolean isSettled(CopyEntry wanted, @Nullable Envelope there) {
        boolean newer = there != null && !there.isMigrated() && !mustBeEqual(wanted);
        return newer || Entries.difference(wanted, there, 0, options.toleranceMillis()) == null;
    }

    private boolean isMerged(CopyTarget.Place place) {
        return options.merged().containsKey(place);
    }

    /** Where mirrors keep both alike: what a map changes on the way, they may have changed in another way. */
    private boolean mustBeEqual(CopyEntry entry) {
        return options.legacyCounts()
                && entry.translation().fidelity() == Fidelity.IDENTICAL
                && entry.translation().timeFields().isEmpty();
    }

    /** Judges the bucket where its payloads have the digest that they should have, and returns what is left to be read. */
    private List<CopyEntry> afterDigest(List<CopyEntry> wanted, PageResult result) {
        List<CopyEntry> bucket = wanted.stream().filter(this::hasDigest).toList();
        BucketDigest there = bucket.isEmpty()
                ? null
                : target.digest(bucket.stream().map(BatchComparison::place).toList());
        if (there == null) {
            return wanted;
        }
        result.counts().buckets++;
        if (!there.isOf(bucket)) {
            result.counts().bucketsRead++;
            return wanted;
        }
        for (int i = 0; i < bucket.size(); i++) {
            CopyEntry entry = bucket.get(i);
            judge(suspect(entry, there.envelope(i, entry.envelope().payload())), result);
        }
        return wanted.stream().filter(entry -> !hasDigest(entry)).toList();
    }

    /** Times in a payload are those of the copy, which nobody knows any more; and sums are compared at the end. */
    private boolean hasDigest(CopyEntry entry) {
        return entry.translation().timeFields().isEmpty() && !isMerged(place(entry));
    }

    private void expected(LegacyEntry entry, List<CopyEntry> wanted, ComparisonTally.PageCounts counts) {
        Translation translation = options.maps().translate(entry);
        if (translation instanceof Translation.Entry value) {
            wanted.add(Entries.of(entry, value, "", clocks.deadlineOffsetMillis()));
        } else if (translation instanceof Translation.CounterMerge merge) {
            options.merged().put(new CopyTarget.Place(merge.region(), merge.id()), entry.key());
        } else if (translation instanceof Translation.FoldIfAbsent fold) {
            if (source.exist(List.of(fold.legacyKey())).get(0)) {
                counts.setAside++;
            } else {
                wanted.add(Entries.of(entry, fold.entry(), "", clocks.deadlineOffsetMillis()));
            }
        } else if (translation instanceof Translation.Quarantined) {
            counts.setAside++;
        }
    }

    /** Looks at entries again, without counting any: what is gone from the legacy store is left out, as are sums. */
    List<Suspect> lookAgain(List<byte[]> keys) {
        List<CopyEntry> wanted = new ArrayList<>();
        List<Suspect> looks = new ArrayList<>();
        for (LegacyEntry entry : source.read(keys)) {
            if (entry != null && entry.large() && options.maps().translate(entry) instanceof Translation.Large large) {
                @Nullable Suspect look = large(entry, large);
                if (look != null) {
                    looks.add(look);
                }
            } else if (entry != null) {
                expected(entry, wanted, new ComparisonTally.PageCounts());
            }
        }
        wanted.removeIf(entry -> isMerged(place(entry)));
        List<@Nullable Envelope> stored =
                target.read(wanted.stream().map(BatchComparison::place).toList());
        for (int i = 0; i < wanted.size(); i++) {
            looks.add(suspect(wanted.get(i), stored.get(i)));
        }
        long now = target.nowMillis();
        looks.removeIf(look -> !look.isSettled() && isAboutToExpire(look, now));
        return looks;
    }

    /** Counts an entry that is settled. */
    static void count(Suspect settled, ComparisonTally.PageCounts counts) {
        Envelope there = settled.there();
        if (there != null && there.isMigrated()) {
            counts.equal++;
        } else {
            counts.newer++;
        }
    }

    /** Counters that are the sum of two are compared last, when both are known. */
    void compareSums(ComparisonTally tally) {
        ComparisonTally.PageCounts counts = new ComparisonTally.PageCounts();
        for (LegacyEntry entry : source.read(List.copyOf(options.merged().values()))) {
            if (entry != null && options.maps().translate(entry) instanceof Translation.CounterMerge merge) {
                CopyEntry sum = Dependents.sum(entry, merge, source, "", clocks.deadlineOffsetMillis());
                Suspect pair = sum == null
                        ? null
                        : suspect(sum, target.read(List.of(place(sum))).get(0));
                if (pair == null) {
                    counts.setAside++;
                } else if (pair.isSettled()) {
                    count(pair, counts);
                } else {
                    tally.difference(pair.legacyKey(), Objects.requireNonNull(pair.difference()));
                }
            }
        }
        tally.add(counts);
    }

    /** Copies at these places whose legacy entries are all gone, unless they are about to go too. */
    List<CopyTarget.Copy> orphans(List<CopyTarget.Place> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        List<CopyTarget.Copy> copies = new ArrayList<>();
        List<@Nullable Envelope> stored = target.read(places);
        long now = target.nowMillis();
        for (int i = 0; i < places.size(); i++) {
            Envelope envelope = stored.get(i);
            if (envelope != null
                    && envelope.isMigrated()
                    && !MergedCounters.isSum(envelope)
                    && !isAboutToExpire(envelope.deadlineMillis(), now)) {
                copies.add(new CopyTarget.Copy(places.get(i), envelope));
            }
        }
        return Leftovers.orphans(options.maps(), source, copies);
    }

    /** Both at once: an older copy may still have time to live when the entry itself has none. */
    private static boolean isAboutToExpire(Suspect suspect, long now) {
        Envelope there = suspect.there();
        return isAboutToExpire(suspect.deadline(), now)
                && (there == null || isAboutToExpire(there.deadlineMillis(), now));
    }

    private static boolean isAboutToExpire(long deadline, long now) {
        return deadline != Envelope.NO_DEADLINE && deadline - now < ABOUT_TO_EXPIRE_MS;
    }

    private static CopyTarget.Place place(CopyEntry entry) {
        return new CopyTarget.Place(entry.region(), entry.id());
    }

    @Override
    public void close() {
        target.close();
        source.close();
    }
}
