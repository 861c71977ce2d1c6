package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.Strategy;
import io.cachemigrator.map.Transform;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.journal.Checkpoint;
import io.cachemigrator.migrator.journal.Participants;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.SliceJournal;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.report.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Copies legacy entries to the target: one thread scans the keys and hands them out as slices in the journal, and workers, here and
 * in every process that has joined, claim them, read, write and read back. Started again after a crash it goes on from there.
 *
 * <p>There are three parts: the hottest entries, where the server can tell; then every entry that stands for itself, and at last those
 * that depend on others (counters to add up, keys to fold), whose partners are then in place. The hottest come again with the
 * rest, which counts them.
 */
public final class DataCopy {
    private static final String HOT = "hot";
    private static final String ENTRIES = "entries";
    private static final String DEPENDENT = "dependent";
    private static final int LONGEST_IDENTITY = 64;
    private static final String NO_COUNTS = new CopyCounts().toJson();

    private final Options options;

    /**
     * What a copy works on and with.
     *
     * @param stores where from and where to
     * @param maps which keys and what becomes of them
     * @param runId run that it belongs to
     * @param journal where checkpoints and quarantined entries go
     * @param backup where replaced entries go
     * @param lock held while copying
     * @param threads how many workers, 1 to 64
     * @param rate most keys a second; 0 = no limit
     * @param expectedKeys how many there should be, for progress
     * @param legacyCounts whether the legacy layout counts, so that what is older in the target may be replaced
     * @param participants the processes that have joined
     * @param cancellation asked between pages
     * @param progress told how far it is
     */
    record Options(
            Stores stores,
            MapSet maps,
            String runId,
            RunJournal journal,
            ContentStore backup,
            RunLock lock,
            int threads,
            int rate,
            long expectedKeys,
            boolean legacyCounts,
            Participants participants,
            Cancellation cancellation,
            Progress progress) {}

    DataCopy(Options options) {
        this.options = options;
    }

    /** Copies everything that is not copied yet and returns the counters of the whole run. */
    CopyCounts run() {
        SourceLatency latency = new SourceLatency(System.nanoTime());
        try (LegacyReader scanner = options.stores().openLegacy();
                CopyTarget watched = options.stores().openTarget();
                SliceJournal slices = options.journal().slices(options.runId(), options.lock());
                SliceWorkers workers = new SliceWorkers(options, latency, slices)) {
            Copying copying =
                    new Copying(identity(scanner), slices, workers, new CopyPace(options, slices, latency, watched));
            if (slices.checkpoints().stream().noneMatch(one -> one.part().equals(ENTRIES))) {
                hottest(copying);
            }
            part(copying, ENTRIES, from -> scan(scanner, space -> !isDependent(space), from));
            if (options.maps().maps().stream()
                    .flatMap(map -> map.keySpaces().stream())
                    .anyMatch(DataCopy::isDependent)) {
                part(copying, DEPENDENT, from -> scan(scanner, DataCopy::isDependent, from));
            }
            workers.finish();
            CopyCounts counts = new CopyCounts();
            slices.checkpoints().forEach(one -> counts.add(CopyCounts.ofJson(one.counts())));
            return counts;
        }
    }

    private void hottest(Copying copying) {
        List<byte[]> hot = new ArrayList<>();
        part(copying, HOT, from -> {
            hot.addAll(HotKeys.find(options));
            return new KeyFeed.OfList(hot);
        });
        if (!hot.isEmpty()) {
            options.progress().line("  data: the hottest entries are copied, now all of them");
        }
    }

    /** What a copy in progress has at hand. */
    private record Copying(String server, SliceJournal slices, SliceWorkers workers, CopyPace pace) {}

    /** As short as the journal keeps it: that of a cluster names every server and slot. */
    private static String identity(LegacyReader scanner) {
        String identity = scanner.identity();
        return identity.length() <= LONGEST_IDENTITY
                ? identity
                : ContentStore.sha256(identity.getBytes(StandardCharsets.UTF_8));
    }

    private KeyFeed scan(LegacyReader scanner, Predicate<KeySpace> selection, String from) {
        return new KeyFeed.OfScan(
                scanner,
                options.maps(),
                key -> {
                    KeySpace space = options.maps().keySpace(key);
                    return space != null && isCopied(space) && selection.test(space);
                },
                from);
    }

    /** Whether an entry of a key space is made from others as well. */
    static boolean isDependent(KeySpace space) {
        return space.transform() == Transform.FOLD_KEY || space.transform() == Transform.MERGE_COUNTER;
    }

    /** Whether entries of a key space are carried over at all. */
    static boolean isCopied(KeySpace space) {
        return space.strategy() == Strategy.COPY || space.strategy() == Strategy.TRANSFORM;
    }

    /** Whether what becomes of a part's entries is counted: not where they come again with another part. */
    static boolean isCounted(String part) {
        return !part.equals(HOT);
    }

    /** Hands out what is not handed out yet, and waits until all of it is done, here and in the processes that have joined. */
    private void part(Copying copying, String name, Function<String, KeyFeed> feeds) {
        Checkpoint begun = copying.slices().begin(name, copying.server(), LegacyReader.START, NO_COUNTS);
        if (begun.done()) {
            return;
        }
        KeyFeed feed = begun.handedOut() ? new KeyFeed.OfList(List.of()) : feeds.apply(begun.position());
        boolean handedOut = begun.handedOut();
        while (!handedOut || copying.slices().open(name) > 0) {
            look(copying, name);
            int room = copying.pace().mayGoOn() && !handedOut
                    ? copying.pace().ahead() - copying.slices().waiting(name)
                    : 0;
            if (room > 0) {
                handOut(copying, name, feed, room);
                handedOut = !feed.more();
            } else {
                copying.workers().awaitProgress(copying.pace().idleNanos());
            }
            copying.pace().report();
        }
        copying.slices().done(name);
    }

    private void look(Copying copying, String name) {
        SliceWorkers workers = copying.workers();
        workers.check();
        if (options.cancellation().isRequested()) {
            workers.finish();
            options.cancellation().check();
        }
        copying.pace().look();
        workers.workOn(copying.pace().paused() ? null : name);
        workers.resize(copying.pace().threads());
    }

    private static void handOut(Copying copying, String name, KeyFeed feed, int room) {
        List<List<byte[]>> batch = new ArrayList<>();
        while (feed.more() && batch.size() < room && copying.pace().mayGoOn()) {
            List<byte[]> keys = feed.next(copying.pace().sliceSize());
            copying.pace().handedOut(keys.size());
            if (!keys.isEmpty()) {
                batch.add(keys);
            }
        }
        copying.slices().handOut(name, batch, feed.position(), !feed.more());
        copying.workers().wake();
    }
}
