package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.TimedWrite;
import io.cachemigrator.cache.tier.disk.DiskTier;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies in a folder of the disk tier. Each is handed over as a state with the time at which it was read; the tier takes
 * it in one transaction, unless it has something of the same time or later, a deletion included.
 */
final class DiskTarget implements CopyTarget {
    private static final int SCAN_COUNT = 500;
    /** The copy is to evict nothing of the application's; what the service keeps is its own configuration's matter. */
    private static final long NO_LIMIT = 1L << 60;

    /** Once so much is in memory, of further large entries only the heads are. */
    private static final long TOGETHER_BYTES = 4 << 20;

    private static final Duration TOMBSTONE = Duration.ofSeconds(1);

    private final Path folder;
    private final DiskTier tier;
    private final String runId;
    private final DiskLarge large;

    /**
     * Of a folder.
     *
     * @param runId run that writes; empty when nothing is written, and then the folder must be there
     */
    DiskTarget(Path folder, String runId) {
        if (runId.isEmpty() && !Files.isDirectory(folder)) {
            throw new MigratorException(
                    ErrorCode.STORE_UNREACHABLE,
                    "The target store disk:" + folder + " cannot be read.",
                    "There is no such folder.",
                    "Name the folder of the consolidated service's disk tier with --target disk:DIR.");
        }
        this.folder = folder;
        this.runId = runId;
        this.tier = new DiskTier(new DiskConfig(folder, NO_LIMIT), Clock.systemUTC());
        this.large = new DiskLarge(this, tier);
    }

    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run() throws TierUnavailableException;
    }

    <T extends @Nullable Object> T call(Work<T> work) {
        try {
            return work.run();
        } catch (TierUnavailableException e) {
            String reason = String.valueOf(e.reason());
            boolean full = reason.toLowerCase(Locale.ROOT).contains("full")
                    || reason.toLowerCase(Locale.ROOT).contains("no space");
            throw new MigratorException(
                    full ? ErrorCode.TARGET_FULL : ErrorCode.STORE_UNREACHABLE,
                    "The target store disk:" + folder + " cannot be used.",
                    reason,
                    (full ? "Make room on its disk" : "Correct its permissions and its file system")
                            + ", then run `migrator migrate --resume`.",
                    e);
        }
    }

    private static RegionConfig region(String name) {
        return RegionConfig.builder(name).build();
    }

    @Override
    public long nowMillis() {
        return tier.nowMillis();
    }

    @Override
    public List<WriteState> write(List<CopyEntry> entries, WriteTerms terms, Consumer<Replaced> replaced) {
        if (isLate(terms)) {
            return Collections.nCopies(entries.size(), WriteState.READ_AGAIN);
        }
        Map<String, List<Integer>> byRegion = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            byRegion.computeIfAbsent(entries.get(i).region(), name -> new ArrayList<>())
                    .add(i);
        }
        List<WriteState> states = new ArrayList<>(Collections.nCopies(entries.size(), WriteState.NEWER));
        byRegion.forEach((region, places) -> write(region, places, entries, states, terms, replaced));
        return states;
    }

    boolean isLate(WriteTerms terms) {
        return tier.nowMillis() - terms.readAtMicros() / 1_000 > CopyScript.LONGEST_IN_HAND.toMillis();
    }

    boolean isOwn(Envelope envelope) {
        return RunMark.isCopyOf(envelope, runId);
    }

    /** What is about to be replaced, all of it. */
    Replaced replaced(Place place, Envelope there) {
        return LargeHead.isHead(there)
                ? new Replaced(place, there, out -> large.writeTo(place, there, out))
                : new Replaced(place, there);
    }

    private void write(
            String region,
            List<Integer> places,
            List<CopyEntry> entries,
            List<WriteState> states,
            WriteTerms terms,
            Consumer<Replaced> replaced) {
        Map<String, Envelope> before =
                stored(region, places.stream().map(i -> entries.get(i).id()).toList());
        Map<Integer, CopyEntry> wanted = new LinkedHashMap<>();
        for (int i : places) {
            CopyEntry entry = entries.get(i);
            Envelope there = before.get(entry.id());
            if (isExpired(entry.envelope())) {
                states.set(i, WriteState.EXPIRED);
            } else if (there == null || !isLive(there)) {
                wanted.put(i, entry);
            } else if (there.isMigrated() || isOutdated(entry, there, terms)) {
                if (isOwn(there) && Entries.difference(entry, there, 0, Entries.EXACT_MILLIS) == null) {
                    states.set(i, WriteState.SAME);
                } else {
                    if (!isOwn(there)) {
                        replaced.accept(replaced(new Place(region, entry.id()), there));
                    }
                    wanted.put(i, after(entry, there));
                }
            }
        }
        apply(region, wanted, states);
    }

    /** What the application wrote before the batch was read, and a mirror has missed since. */
    private static boolean isOutdated(CopyEntry entry, Envelope there, WriteTerms terms) {
        return terms.legacyCounts()
                && there.createdMicros() < entry.envelope().createdMicros()
                && Entries.difference(entry, there, 0) != null;
    }

    /** Of two copies read at the same time, as a counter and the sum that it is a part of, the second one counts. */
    private static CopyEntry after(CopyEntry entry, Envelope there) {
        return entry.envelope().createdMicros() == there.createdMicros()
                ? new CopyEntry(
                        entry.legacyKey(), entry.translation(), entry.envelope().withCreated(there.createdMicros() + 1))
                : entry;
    }

    private void apply(String region, Map<Integer, CopyEntry> wanted, List<WriteState> states) {
        if (wanted.isEmpty()) {
            return;
        }
        List<TimedWrite> writes = wanted.values().stream()
                .map(entry -> new TimedWrite(entry.id(), EnvelopeFormat.encode(entry.envelope())))
                .toList();
        List<Boolean> made = call(() -> tier.apply(region(region), writes));
        Map<String, Envelope> after =
                stored(region, wanted.values().stream().map(CopyEntry::id).toList());
        int place = 0;
        for (Map.Entry<Integer, CopyEntry> one : wanted.entrySet()) {
            CopyEntry entry = one.getValue();
            states.set(one.getKey(), state(entry, made.get(place++), after.get(entry.id())));
        }
    }

    private WriteState state(CopyEntry entry, boolean made, @Nullable Envelope there) {
        if (there == null) {
            if (!made) {
                throw new MigratorException(
                        ErrorCode.TARGET_FULL,
                        "An entry of region '" + entry.region() + "' is too large for the target store disk:" + folder
                                + ".",
                        "It takes " + entry.envelope().payload().length + " bytes.",
                        "Leave its key space out in the migration map, or name another target.");
            }
            return WriteState.EXPIRED;
        }
        if (made && there.equals(entry.envelope())) {
            return WriteState.WRITTEN;
        }
        boolean later = there.createdMicros() >= entry.envelope().createdMicros();
        if (!made && isLive(there) && there.isMigrated() && Entries.difference(entry, there, 0) == null) {
            return WriteState.SAME;
        }
        return later ? WriteState.NEWER : WriteState.DIFFERENT;
    }

    /** What is stored by id, deletions included; what is no envelope is left out. */
    private Map<String, Envelope> stored(String region, Collection<String> ids) {
        return decoded(call(() -> tier.getHeads(region(region), ids, TOGETHER_BYTES)));
    }

    private static Map<String, Envelope> decoded(Map<String, byte[]> stored) {
        Map<String, Envelope> envelopes = new LinkedHashMap<>();
        stored.forEach((id, bytes) -> {
            try {
                Envelope head = LargeHead.alone(bytes);
                envelopes.put(id, head == null ? EnvelopeFormat.decode(bytes) : head);
            } catch (EnvelopeException damaged) {
                // the tier serves it to nobody, so that it is as good as missing
                envelopes.remove(id);
            }
        });
        return envelopes;
    }

    boolean isLive(@Nullable Envelope envelope) {
        return envelope != null && !envelope.isTombstone() && !isExpired(envelope);
    }

    boolean isExpired(Envelope envelope) {
        return envelope.deadlineMillis() != Envelope.NO_DEADLINE && envelope.deadlineMillis() <= tier.nowMillis();
    }

    @Override
    public List<@Nullable Envelope> read(List<Place> places) {
        List<@Nullable Envelope> result = heads(places);
        result.replaceAll(envelope -> isLive(envelope) ? envelope : null);
        return result;
    }

    /** What is stored, deletions included; of large entries the heads. */
    List<@Nullable Envelope> heads(List<Place> places) {
        Map<String, List<String>> byRegion = new LinkedHashMap<>();
        places.forEach(place -> byRegion.computeIfAbsent(place.region(), name -> new ArrayList<>())
                .add(place.id()));
        Map<Place, Envelope> found = new LinkedHashMap<>();
        byRegion.forEach((region, ids) ->
                stored(region, ids).forEach((id, envelope) -> found.put(new Place(region, id), envelope)));
        List<@Nullable Envelope> result = new ArrayList<>(places.size());
        for (Place place : places) {
            result.add(found.get(place));
        }
        return result;
    }

    @Override
    public void scanCopies(Consumer<List<Copy>> visitor) {
        for (String region : call(tier::regions)) {
            @Nullable String from = null;
            do {
                @Nullable String start = from;
                TierPage page = call(() -> tier.scanHeads(region(region), start, SCAN_COUNT, LargeHead.WHOLE_BYTES));
                List<Copy> copies = new ArrayList<>();
                decoded(page.entries()).forEach((id, envelope) -> {
                    if (isLive(envelope)) {
                        copies.add(new Copy(new Place(region, id), envelope));
                    }
                });
                visitor.accept(copies);
                from = page.next();
            } while (from != null);
        }
    }

    /** A deletion just after the copy: what the application wrote since is later, and stays. */
    @Override
    public List<Boolean> removeCopies(List<Copy> copies) {
        List<@Nullable Envelope> there = read(copies.stream().map(Copy::place).toList());
        List<Boolean> removed = new ArrayList<>(copies.size());
        for (int i = 0; i < copies.size(); i++) {
            Copy copy = copies.get(i);
            removed.add(copy.envelope().equals(there.get(i)) && remove(copy));
        }
        return removed;
    }

    private boolean remove(Copy copy) {
        Envelope tombstone =
                Envelope.tombstone(copy.envelope().createdMicros() + 1, tier.nowMillis() + TOMBSTONE.toMillis());
        TimedWrite deletion = new TimedWrite(copy.place().id(), EnvelopeFormat.encode(tombstone));
        return call(() -> tier.apply(region(copy.place().region()), List.of(deletion)))
                .get(0);
    }

    @Override
    public void restore(Place place, Envelope envelope) {
        long left = envelope.deadlineMillis() == Envelope.NO_DEADLINE
                ? EntryWrite.NO_EXPIRY
                : Math.max(1, envelope.deadlineMillis() - tier.nowMillis());
        EntryWrite write = new EntryWrite(place.id(), EnvelopeFormat.encode(envelope), left);
        call(() -> tier.put(region(place.region()), List.of(write), PutCondition.IF_ABSENT));
    }

    @Override
    public WriteState writeLarge(LargeCopy copy, Consumer<Replaced> replaced) throws IOException {
        return large.write(copy, replaced);
    }

    @Override
    public @Nullable LargeDigest digest(Place place, Envelope head) throws IOException {
        return large.digest(place);
    }

    @Override
    public void restoreLarge(Place place, Envelope head, RedisLarge.Content payload) {
        large.restore(place, head, payload);
    }

    @Override
    public void close() {
        tier.close();
    }
}
