package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.verify.ComparisonResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The data of a migration: copying them, comparing both sides, taking the copy back. */
public final class DataMover {
    /** What consolidated keys start with. */
    public static final String KEY_PREFIX = "cs:";

    private static final int MOST_PASSES = 3;
    private static final int SCAN_COUNT = 500;

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
     */
    public record CopyRequest(String runId, int threads, int rate, long expectedKeys) {}

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
                cancellation,
                progress);
    }

    /**
     * Compares both sides after a copy. What the application wrote to the legacy store meanwhile is copied again and
     * compared again, a few times at most.
     */
    public ComparisonResult verifyCopy(
            CopyRequest request, RunJournal journal, ContentStore backup, RunLock lock, Progress progress) {
        DataCopy.Options options = options(request, journal, backup, lock, progress);
        try (LegacyReader source = options.stores().openLegacy();
                CopyTarget destination = options.stores().openTarget()) {
            for (int pass = 1; ; pass++) {
                DataComparison comparison = new DataComparison(maps, source, destination, cancellation);
                ComparisonResult result = comparison.full();
                if (comparison.differing().isEmpty() || pass == MOST_PASSES) {
                    return result;
                }
                progress.line("  verify: " + comparison.differing().size()
                        + " entries changed since they were copied; copying them again");
                try (CopyWorker worker = CopyWorker.open(options)) {
                    worker.copy(comparison.differing());
                }
            }
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

    /** Legacy keys that are carried over, drawn at random, all of them equally likely; at most {@code most}. */
    public List<String> sampleKeys(int most) {
        Random random = new Random();
        List<String> drawn = new ArrayList<>();
        long seen = 0;
        try (LegacyReader source = new Stores(legacy, target, KEY_PREFIX, "").openLegacy()) {
            String cursor = LegacyReader.START;
            do {
                cancellation.check();
                LegacyReader.Page page = source.scan(cursor, SCAN_COUNT, maps.onlyScanPattern());
                for (byte[] key : page.keys()) {
                    KeySpace space = maps.keySpace(key);
                    if (space != null && DataCopy.isCopied(space)) {
                        seen++;
                        String text = new String(key, StandardCharsets.UTF_8);
                        long place = drawn.size() < most ? drawn.size() : random.nextLong(seen);
                        if (place == drawn.size()) {
                            drawn.add(text);
                        } else if (place < most) {
                            drawn.set((int) place, text);
                        }
                    }
                }
                cursor = page.next();
            } while (!cursor.equals(LegacyReader.START));
        }
        return drawn;
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
