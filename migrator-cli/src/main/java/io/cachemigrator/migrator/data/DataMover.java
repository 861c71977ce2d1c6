package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.verify.ComparisonResult;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The data of a migration: copying them, comparing both sides, taking the copy back. */
public final class DataMover {
    /** What consolidated keys start with. */
    public static final String KEY_PREFIX = "cs:";

    private static final int MOST_PASSES = 5;

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
     */
    public record CopyRequest(String runId, int threads, int rate, long expectedKeys, boolean legacyCounts) {}

    /** Copies what is not copied yet and returns the counters of the whole run. */
    public CopyCounts copy(
            CopyRequest request, RunJournal journal, ContentStore backup, RunLock lock, Progress progress) {
        return new DataCopy(options(request, journal, backup, lock, progress)).run();
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
                cancellation,
                progress);
    }

    /**
     * Compares both sides after a copy, and reconciles them: what the application has changed or deleted in the legacy store
     * meanwhile is copied or removed, and all is compared again, until nothing differs or {@value #MOST_PASSES} passes are over.
     *
     * @return what the last pass found; differences in it mean that the copy cannot keep up with the application
     */
    public ComparisonResult verifyCopy(
            CopyRequest request, RunJournal journal, ContentStore backup, RunLock lock, Progress progress) {
        DataCopy.Options options = options(request, journal, backup, lock, progress);
        try (Reconciliation reconciliation = Reconciliation.open(options)) {
            return reconciliation.run(MOST_PASSES);
        }
    }

    /** Compares both sides: all entries, or {@code sample} of them when it is positive. */
    public ComparisonResult compare(int sample) {
        Stores stores = new Stores(legacy, target, KEY_PREFIX, "");
        try (LegacyReader source = stores.openLegacy();
                CopyTarget destination = stores.openTarget()) {
            DataComparison comparison = new DataComparison(maps, source, destination, cancellation);
            return sample > 0 ? comparison.sample(sample) : comparison.full();
        }
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

    /** Removes every key of a Redis server that starts with {@code prefix}, which must be long enough to be nobody else's. */
    public static void removeKeys(StoreUri store, String prefix) {
        if (prefix.length() < 16) {
            throw new IllegalArgumentException("a prefix this short could be somebody else's: " + prefix);
        }
        try (RedisLink link = RedisLink.open(store, "target")) {
            ScanParams params = new ScanParams().count(1_000).match(prefix + "*");
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                byte[] from = cursor.getBytes(StandardCharsets.US_ASCII);
                ScanResult<byte[]> page = link.call(redis -> redis.scan(from, params));
                if (!page.getResult().isEmpty()) {
                    link.call(redis -> redis.del(page.getResult().toArray(byte[][]::new)));
                }
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
    }
}
