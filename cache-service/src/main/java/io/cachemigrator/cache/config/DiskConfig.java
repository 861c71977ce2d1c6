package io.cachemigrator.cache.config;

import java.nio.file.Path;

/**
 * Where the disk tier keeps its files. Immutable.
 *
 * @param folder a folder on a local file system, network file systems are refused; made when missing
 * @param maxBytes positive: least recently used entries are dropped beyond it. It counts ids, envelopes and 100 bytes for
 *     each entry; the database file may be some tenths larger
 */
public record DiskConfig(Path folder, long maxBytes) {

    /** In a folder, with 500 MB. */
    public static DiskConfig of(Path folder) {
        return new DiskConfig(folder, 500_000_000L);
    }
}
