package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.journal.Participants;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.project.Notifications;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.migrator.verify.ComparisonState;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The data of a migration: copying them, comparing both sides, taking the copy back. */
public final class DataMover {
    /** What consolidated keys start with. */
    public static final String KEY_PREFIX = "cs:";

    private static final int MOST_PASSES = 5;
    private static final int SCAN_COUNT = 500;
    /** More than processors, as each waits for a store most of the time. */
    private static final int COMPARING_THREADS = 4;

    private final StoreUri legacy;
    private final StoreUri target;
    private final MapSet maps;
    private final Cancellation cancellation;

    /** Between two stores. */
    public DataMover(StoreUri legacy, StoreUri target, MapSet maps, Cancellation cancellation) {
        this.legacy = legacy;
        this.target = target;
        this.maps = maps;
        this.cancellation = cancellation;
    }

    /**
     * How a copy runs.
     *
     * @param runId run that it belongs to
     * @param threads workers, 1 to 64
     * @param rate most keys a second; 0 = no limit
     * @param expectedKeys how many there should be
     * @param legacyCounts whether the legacy layout counts, as it does until the stage CONSOLIDATED: then what the application
     *     wrote to the target and is older than what was read is replaced where it differs
     * @param participants the processes that have joined
     */
    public record CopyRequest(
            String runId, int threads, int rate, long expectedKeys, boolean legacyCounts, Participants participants) {}

    /** Whether somebody leads a run. */
    public enum Leadership {
        /** A process holds the run's lock. */
        LED,
        /** Nobody does, and the run has not ended: its process has died. */
        LEADERLESS,
        /** The run has ended, or was interrupted. */
        ENDED
    }

    /** Copies what is not copied yet and returns the counters of the whole run. */
    public CopyCounts copy(
            CopyRequest request, RunJournal journal, ContentStore backup, RunLock lock, Progress progress) {
        return new DataCopy(options(request, journal, backup, lock, progress)).run();
    }

    /**
     * Copies slices of a run that another process leads.
     *
     * @param lock the lease of this process
     * @param leadership asked now and then
     * @return what the run is when it is no longer led
     */
    public Leadership help(
            CopyRequest request,
            RunJournal journal,
            ContentStore backup,
            RunLock lock,
            Progress progress,
            Supplier<Leadership> leadership) {
        return new JoinedCopy(options(request, journal, backup, lock, progress)).run(leadership);
    }

    private DataCopy.Options options(
            CopyRequest request, RunJournal journal, ContentStore backup, RunLock lock, Progress progress) {
        return new DataCopy.Options(
                new Stores(legacy, target, KEY_PREFIX, request.runId()),
                maps,
                request.runId(),
                journal,
                backup,
                lock,
                request.threads(),
                request.rate(),
                request.expectedKeys(),
                request.legacyCounts(),
                request.participants(),
                cancellation,
                progress);
    }

    /** Begins to follow what applications change in the legacy store, for a copy and the comparison after it. */
    public Following follow(
            CopyRequest request,
            RunJournal journal,
            ContentStore backup,
            RunLock lock,
            Progress progress,
            Notifications notifications) {
        return Following.open(options(request, journal, backup, lock, progress), notifications);
    }

    /**
     * What the comparison after a copy found.
     *
     * @param compared entries compared
     * @param differences differences that are left; some mean that the copy cannot keep up with the application
     */
    public record Verified(long compared, long differences) {}

    /**
     * Compares both sides after a copy, and reconciles them: what the application has changed or deleted in the legacy store
     * meanwhile is copied or removed, and all is compared again, until nothing differs or {@value #MOST_PASSES} passes are over.
     *
     * @param following follows what is changed meanwhile
     */
    public Verified verifyCopy(
            CopyRequest request,
            RunJournal journal,
            ContentStore backup,
            RunLock lock,
            Progress progress,
            Following following) {
        DataCopy.Options options = options(request, journal, backup, lock, progress);
        try (Reconciliation reconciliation = Reconciliation.open(options)) {
            return reconciliation.run(MOST_PASSES, following);
        }
    }

    /**
     * How both sides are compared.
     *
     * @param sample how many entries to draw; 0 = all are compared
     * @param digest whether equal values need not be sent by the target
     * @param legacyCounts whether mirrors keep the target like the legacy store, so that what the application wrote there must
     *     be equal too
     * @param before what an earlier comparison has left to go on from; null = begin
     */
    public record CompareRequest(
            int sample,
            boolean digest,
            boolean legacyCounts,
            @Nullable ComparisonState before) {
        /** Everything, entry by entry. */
        public static final CompareRequest FULL = new CompareRequest(0, false, false, null);
    }

    /**
     * Compares both sides.
     *
     * @param keeper told now and then how far the comparison has come
     */
    public ComparisonResult compare(CompareRequest wanted, Consumer<ComparisonState> keeper) {
        DataComparison comparison = new DataComparison(
                new DataComparison.Request(
                        maps,
                        new Stores(legacy, target, KEY_PREFIX, ""),
                        COMPARING_THREADS,
                        wanted.digest(),
                        wanted.legacyCounts(),
                        EntryComparison.TOLERANCE.toMillis(),
                        Settling.PATIENT,
                        cancellation),
                keeper::accept);
        return wanted.sample() > 0
                ? comparison.sample(wanted.sample(), new Random())
                : comparison.full(wanted.before());
    }

    /**
     * What was taken back.
     *
     * @param restored entries of earlier runs that were put back
     * @param removed entries removed
     * @param keptNewer entries that the application has written, and that stay
     */
    public record Undone(long restored, long removed, long keptNewer) {}

    /** Takes a run's copies back. */
    public Undone undo(String runId, RunJournal journal, ContentStore backup) {
        try (CopyTarget destination = new Stores(legacy, target, KEY_PREFIX, runId).openTarget()) {
            DataUndo.Result result = new DataUndo(destination, journal, backup, runId, cancellation).run();
            return new Undone(result.restored(), result.removed(), result.keptNewer());
        }
    }

    /** Legacy keys that are carried over, drawn at random, all of them equally likely; at most {@code most}. */
    public List<String> sampleKeys(int most) {
        Reservoir<String> drawn = new Reservoir<>(most, new Random());
        try (LegacyReader source = Stores.openLegacy(legacy)) {
            String cursor = LegacyReader.START;
            do {
                cancellation.check();
                LegacyReader.Page page = source.scan(cursor, SCAN_COUNT, maps.onlyScanPattern());
                for (byte[] key : page.keys()) {
                    KeySpace space = maps.keySpace(key);
                    if (space != null && DataCopy.isCopied(space)) {
                        drawn.offer(new String(key, StandardCharsets.UTF_8));
                    }
                }
                cursor = page.next();
            } while (!cursor.equals(LegacyReader.START));
        }
        return drawn.drawn();
    }

    /** How many clients are connected to a Redis server, this question aside. */
    public static long clients(StoreUri store) {
        try (RedisLink link = RedisLink.open(store, "target")) {
            return Long.parseLong(link.info("clients").getOrDefault("connected_clients", "1")) - 1;
        }
    }

    /**
     * Opens a legacy store as a copy would, and closes it.
     *
     * @throws io.cachemigrator.migrator.error.MigratorException when it cannot be read
     */
    public static void tryLegacy(StoreUri legacy) {
        Stores.openLegacy(legacy).close();
    }

    /** Removes every key of Redis servers that starts with {@code prefix}, which must be long enough to be nobody else's. */
    public static void removeKeys(StoreUri store, String prefix) {
        if (prefix.length() < 16) {
            throw new IllegalArgumentException("a prefix this short could be somebody else's: " + prefix);
        }
        if (store.kind() == StoreUri.Kind.CLUSTER) {
            try (ClusterLinks<RedisLink> links = new ClusterLinks<>(store, "target", Function.identity())) {
                links.clients().forEach(link -> removeKeys(link, prefix));
            }
        } else {
            try (RedisLink link = RedisLink.open(store, "target")) {
                removeKeys(link, prefix);
            }
        }
    }

    private static void removeKeys(RedisLink link, String prefix) {
        ScanParams params = new ScanParams().count(1_000).match(prefix + "*");
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            byte[] from = cursor.getBytes(StandardCharsets.US_ASCII);
            ScanResult<byte[]> page = link.call(redis -> redis.scan(from, params));
            link.call(redis -> {
                Pipeline pipeline = redis.pipelined();
                page.getResult().forEach(pipeline::del);
                pipeline.sync();
                return page.getResult().size();
            });
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
}
