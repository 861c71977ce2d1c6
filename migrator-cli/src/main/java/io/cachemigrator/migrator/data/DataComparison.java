package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.validation.consistency.Difference;
import io.cachemigrator.validation.consistency.EntryComparison;
import io.cachemigrator.validation.consistency.MergedCounters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is in the legacy store with what is in the target, both ways, while both may be in use: an entry that
 * differs is looked at once more before it counts, so that one that was written or expired meanwhile is no difference.
 */
final class DataComparison {
    private static final int SCAN_COUNT = 500;
    private static final int CHUNK = 200;
    private static final int MOST_LISTED = 1_000;
    private static final long ABOUT_TO_EXPIRE_MS = 2_000;

    private final MapSet maps;
    private final LegacyReader source;
    private final CopyTarget target;
    private final Cancellation cancellation;
    private final LargeComparison larges;
    private final List<Difference> differences = new ArrayList<>();
    private final List<byte[]> differing = new ArrayList<>();
    private final List<CopyTarget.Copy> extra = new ArrayList<>();
    private final Map<CopyTarget.Place, byte[]> merged = new LinkedHashMap<>();
    private final Set<String> folded = new HashSet<>();
    private final Set<CopyTarget.Place> extraPlaces = new HashSet<>();
    private long toleranceMillis = EntryComparison.TOLERANCE.toMillis();
    private long keys;
    private long compared;
    private long equal;
    private long newer;
    private long setAside;
    private long differenceCount;

    DataComparison(MapSet maps, LegacyReader source, CopyTarget target, Cancellation cancellation) {
        this.maps = maps;
        this.source = source;
        this.target = target;
        this.cancellation = cancellation;
        this.larges = new LargeComparison(source, target);
    }

    /** Takes deadlines for different that are further apart than so much. */
    DataComparison withTolerance(long millis) {
        toleranceMillis = millis;
        return this;
    }

    /** Compares every entry. */
    ComparisonResult full() {
        List<byte[]> batch = new ArrayList<>();
        scanLegacy(key -> {
            batch.add(key);
            if (batch.size() == CHUNK) {
                compare(batch, true);
                batch.clear();
            }
        });
        compare(batch, true);
        compareMerged();
        target.scanCopies(this::findExtra);
        return result("full", 1.0);
    }

    /** Compares {@code size} entries drawn at random, all of them equally likely. */
    ComparisonResult sample(int size) {
        Random random = new Random();
        List<byte[]> reservoir = new ArrayList<>();
        scanLegacy(key -> {
            if (reservoir.size() < size) {
                reservoir.add(key);
            } else {
                long place = random.nextLong(keys);
                if (place < size) {
                    reservoir.set((int) place, key);
                }
            }
        });
        for (int from = 0; from < reservoir.size(); from += CHUNK) {
            compare(reservoir.subList(from, Math.min(from + CHUNK, reservoir.size())), true);
        }
        compareMerged();
        // with no difference among n, fewer than 3/n of all differ, with 95 % certainty
        double confidence = reservoir.size() >= keys ? 1.0 : Math.max(0, 1 - 3.0 / Math.max(3, reservoir.size()));
        return result("sample", confidence);
    }

    /** Legacy keys of the entries that differ, to copy them again. */
    List<byte[]> differing() {
        return differing;
    }

    /** Copies that no legacy entry stands behind, to remove them. */
    List<CopyTarget.Copy> extra() {
        return extra;
    }

    private ComparisonResult result(String mode, double confidence) {
        return new ComparisonResult(
                mode, keys, confidence, compared, equal, newer, setAside, differenceCount, List.copyOf(differences));
    }

    private void scanLegacy(java.util.function.Consumer<byte[]> visitor) {
        String cursor = LegacyReader.START;
        String pattern = maps.onlyScanPattern();
        do {
            cancellation.check();
            LegacyReader.Page page = source.scan(cursor, SCAN_COUNT, pattern);
            for (byte[] key : page.keys()) {
                KeySpace space = maps.keySpace(key);
                if (space != null && DataCopy.isCopied(space)) {
                    keys++;
                    visitor.accept(key);
                }
            }
            cursor = page.next();
        } while (!cursor.equals(LegacyReader.START));
    }

    private void compare(List<byte[]> batch, boolean firstLook) {
        List<@Nullable LegacyEntry> entries = source.read(batch);
        List<CopyEntry> wanted = new ArrayList<>();
        List<byte[]> again = new ArrayList<>();
        for (LegacyEntry entry : entries) {
            if (entry != null && entry.large() && maps.translate(entry) instanceof Translation.Large translation) {
                compareLarge(entry, translation, firstLook, again);
            } else if (entry != null) {
                expected(entry, wanted);
            }
        }
        List<@Nullable Envelope> stored =
                target.read(wanted.stream().map(DataComparison::place).toList());
        for (int i = 0; i < wanted.size(); i++) {
            Envelope there = stored.get(i);
            if (there != null && !there.isMigrated()) {
                compared++;
                newer++;
            } else if (there != null && isEqual(wanted.get(i), there)) {
                compared++;
                equal++;
            } else if (!merged.containsKey(place(wanted.get(i))) && !isAboutToExpire(wanted.get(i), there)) {
                if (firstLook) {
                    again.add(wanted.get(i).legacyKey());
                } else {
                    difference(wanted.get(i), there);
                }
            }
        }
        if (!again.isEmpty()) {
            compare(again, false);
        }
    }

    private boolean isEqual(CopyEntry wanted, Envelope there) {
        return (LargeHead.isHead(there)
                        ? larges.difference(wanted, there)
                        : Entries.difference(wanted, there, 0, toleranceMillis))
                == null;
    }

    /** One at a time: neither side is ever in memory as a whole. */
    private void compareLarge(LegacyEntry entry, Translation.Large wanted, boolean firstLook, List<byte[]> again) {
        cancellation.check();
        Envelope there = target.read(List.of(new CopyTarget.Place(wanted.region(), wanted.id())))
                .get(0);
        if (there != null && !there.isMigrated()) {
            compared++;
            newer++;
            return;
        }
        LargeComparison.Outcome outcome = larges.compare(entry, wanted, maps, there);
        if (outcome instanceof LargeComparison.Equal) {
            compared++;
            equal++;
        } else if (outcome instanceof LargeComparison.SetAside) {
            setAside++;
        } else if (firstLook) {
            again.add(entry.key());
        } else if (outcome instanceof LargeComparison.Differs differs) {
            compared++;
            differing.add(entry.key());
            add(differs.difference());
        }
    }

    private void expected(LegacyEntry entry, List<CopyEntry> wanted) {
        Translation translation = maps.translate(entry);
        if (translation instanceof Translation.Entry value) {
            wanted.add(Entries.of(entry, value, "", 0));
        } else if (translation instanceof Translation.CounterMerge merge) {
            merged.put(new CopyTarget.Place(merge.region(), merge.id()), entry.key());
        } else if (translation instanceof Translation.FoldIfAbsent fold) {
            boolean conflict = source.exist(List.of(fold.legacyKey())).get(0);
            if (!conflict) {
                folded.add(new String(entry.key(), StandardCharsets.UTF_8));
                wanted.add(Entries.of(entry, fold.entry(), "", 0));
            } else if (folded.add(new String(entry.key(), StandardCharsets.UTF_8))) {
                setAside++;
            }
        } else if (translation instanceof Translation.Quarantined) {
            setAside++;
        }
    }

    /** Counters that are the sum of two are compared last, when both are known. */
    private void compareMerged() {
        List<byte[]> legacyKeys = new ArrayList<>(merged.values());
        for (LegacyEntry entry : source.read(legacyKeys)) {
            if (entry != null && maps.translate(entry) instanceof Translation.CounterMerge merge) {
                CopyEntry sum = Dependents.sum(entry, merge, source, "", 0);
                if (sum == null) {
                    setAside++;
                    continue;
                }
                Envelope there = target.read(List.of(place(sum))).get(0);
                compared++;
                if (there != null && !there.isMigrated()) {
                    newer++;
                } else if (there != null && Entries.difference(sum, there, 0) == null) {
                    equal++;
                } else {
                    compared--;
                    difference(sum, there);
                }
            }
        }
    }

    /** Both at once: an older copy may still have time to live when the entry itself has none. */
    private boolean isAboutToExpire(CopyEntry entry, @Nullable Envelope there) {
        return isAboutToExpire(entry.envelope().deadlineMillis())
                && (there == null || isAboutToExpire(there.deadlineMillis()));
    }

    private boolean isAboutToExpire(long deadline) {
        return deadline != Envelope.NO_DEADLINE && deadline - target.nowMillis() < ABOUT_TO_EXPIRE_MS;
    }

    private void difference(CopyEntry wanted, @Nullable Envelope there) {
        compared++;
        differing.add(wanted.legacyKey());
        Difference difference = there != null && LargeHead.isHead(there)
                ? larges.difference(wanted, there)
                : Entries.difference(wanted, there, target.nowMillis(), toleranceMillis);
        if (difference != null) {
            add(difference);
        }
    }

    private void findExtra(List<CopyTarget.Copy> page) {
        cancellation.check();
        List<CopyTarget.Copy> copies = page.stream()
                .filter(copy -> copy.envelope().isMigrated() && !MergedCounters.isSum(copy.envelope()))
                .toList();
        List<List<byte[]>> origins = copies.stream()
                .map(copy -> maps.legacyKeys(
                        copy.place().region(),
                        copy.place().id(),
                        copy.envelope().metadata()))
                .toList();
        List<byte[]> keys = origins.stream().flatMap(List::stream).toList();
        Iterator<Boolean> exist = keys.isEmpty()
                ? Collections.emptyIterator()
                : source.exist(keys).iterator();
        for (int i = 0; i < copies.size(); i++) {
            boolean anyExists = origins.get(i).isEmpty();
            for (int k = 0; k < origins.get(i).size(); k++) {
                anyExists |= exist.next();
            }
            CopyTarget.Copy copy = copies.get(i);
            if (!anyExists && isStillThere(copy) && extraPlaces.add(copy.place())) {
                CopyTarget.Place place = copy.place();
                extra.add(copy);
                add(new Difference(
                        place.region(), place.id(), Difference.Kind.EXTRA, "no entry", describe(copy.envelope())));
            }
        }
    }

    /** An entry about to expire may be gone on one side a moment earlier. */
    private boolean isStillThere(CopyTarget.Copy copy) {
        long deadline = copy.envelope().deadlineMillis();
        boolean expiring = deadline != Envelope.NO_DEADLINE && deadline - target.nowMillis() < ABOUT_TO_EXPIRE_MS;
        return !expiring
                && copy.envelope().equals(target.read(List.of(copy.place())).get(0));
    }

    private void add(Difference difference) {
        differenceCount++;
        if (differences.size() < MOST_LISTED) {
            differences.add(difference);
        }
    }

    private String describe(Envelope envelope) {
        String expiry = envelope.deadlineMillis() == Envelope.NO_DEADLINE
                ? "does not expire"
                : "expires in " + Math.max(0, (envelope.deadlineMillis() - target.nowMillis()) / 1000) + " s";
        long bytes = LargeHead.isHead(envelope) ? LargeHead.length(envelope) : envelope.payload().length;
        return bytes + " bytes, codec " + envelope.codec() + ", " + expiry;
    }

    private static CopyTarget.Place place(CopyEntry entry) {
        return new CopyTarget.Place(entry.region(), entry.id());
    }
}
