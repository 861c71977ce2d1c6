package io.cachemigrator.cache.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the disk tier keeps its files. Immutable.
 *
 * @param folder a folder on a local file system, network file systems are refused; made when missing
 * @param maxBytes positive: least recently used entries are dropped beyond it. It counts ids, envelopes and 100 bytes for
 *     each entry; the database file may be some tenths larger
 * @param busyTimeout 1 ms to 10 minutes: how long an operation waits while other processes write, before the tier is
 *     unavailable to it
 */
public record DiskConfig(Path folder, long maxBytes, Duration busyTimeout) {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

    /** Waits 10 seconds while other processes write. */
    public DiskConfig(Path folder, long maxBytes) {
        this(folder, maxBytes, BUSY_TIMEOUT);
    }

    /** In a folder, with 500 MB. */
    public static DiskConfig of(Path folder) {
        return new DiskConfig(folder, 500_000_000L);
    }

    /** A copy that waits another time while other processes write. */
    public DiskConfig withBusyTimeout(Duration timeout) {
        return new DiskConfig(folder, maxBytes, timeout);
    }
}
