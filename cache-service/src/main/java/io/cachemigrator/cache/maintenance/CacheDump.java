package io.cachemigrator.cache.maintenance;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.RegionPage;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes regions to a file and puts them back. A dump is written in parts, each checked by its SHA-256; one that was cut off
 * goes on where it stopped. It is not a snapshot: entries that come or go while it is written may be in it or not. Deadlines
 * are kept as points in time, so what has expired by the time of the restore does not come back.
 *
 * <p>The file shows the values, encrypted regions included; it is made readable by its owner only.
 */
public final class CacheDump {
    private static final int PAGE = 500;

    private final CacheService service;

    /** Of a service, which stays open. */
    public CacheDump(CacheService service) {
        this.service = service;
    }

    /**
     * Writes regions to a file, which must not be there yet. An unfinished dump to the same file is taken up again.
     *
     * @param regions names of regions
     * @param plainSecrets whether encrypted regions may be written in the clear
     * @throws ConfigurationException if a region is encrypted and may not
     * @throws io.cachemigrator.cache.error.InfrastructureException if the store cannot be reached; what was written stays, and
     *     the next call goes on
     * @throws DumpDamagedException if an unfinished dump is there that is not one
     * @throws IOException if the file cannot be written
     */
    public DumpReport write(Path file, Set<String> regions, boolean plainSecrets, Progress progress)
            throws IOException, DumpDamagedException {
        refuseSecrets(regions, plainSecrets);
        if (Files.exists(file)) {
            throw new IOException(file.getFileName() + " is there already. Name another file, or remove it.");
        }
        Path part = DumpFile.partOf(file);
        boolean unfinished = Files.exists(part);
        Position position;
        try (FileChannel out = open(part);
                FileLock lock = locked(out)) {
            // one that was renamed in the meantime is somebody's finished dump
            if (lock == null || !Files.exists(part)) {
                throw new IOException("another dump to " + file.getFileName() + " is under way; wait for it to end");
            }
            position = unfinished ? resumed(part) : new Position();
            out.truncate(position.offset);
            out.position(position.offset);
            for (String region : new TreeSet<>(regions)) {
                if (!position.done.contains(region)) {
                    write(region, position, out, progress);
                }
            }
            DumpFile.append(out, new DumpChunk(null, null, true, List.of(), position.entries, position.damaged));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new DumpReport(position.entries, position.chunks + 1, position.damaged, position.resumed);
    }

    /** The right to write a file, among all processes; null = another has it. */
    private static @Nullable FileLock locked(FileChannel out) throws IOException {
        try {
            return out.tryLock();
        } catch (OverlappingFileLockException here) {
            return null;
        }
    }

    private void refuseSecrets(Set<String> regions, boolean plainSecrets) {
        for (String region : regions) {
            if (!plainSecrets && service.config().regionOrDefaults(region).encrypted()) {
                throw new ConfigurationException(
                        CacheErrorCode.BAD_CONFIGURATION,
                        "Region '" + region + "' is encrypted, and a dump shows values in the clear."
                                + " Leave it out, or allow plain values in the dump.",
                        Map.of("region", region));
            }
        }
    }

    /** How far a dump is. */
    private static final class Position {
        private final Set<String> done = new TreeSet<>();
        private long offset;
        private long entries;
        private long chunks;
        private long readEntries;
        private long readChunks;
        private long damaged;
        private @Nullable String region;
        private @Nullable String next;
        private boolean resumed;
    }

    private Position resumed(Path part) throws IOException, DumpDamagedException {
        Position position = new Position();
        position.resumed = true;
        DumpFile.read(part, (chunk, end) -> {
            String region = chunk.region();
            // a place in the listing of a Redis server holds as long as that server runs: such a region starts anew
            boolean usable = region != null
                    && (chunk.done()
                            || !service.config()
                                    .tiersOf(service.config().regionOrDefaults(region))
                                    .usesRedis());
            if (region != null) {
                position.readChunks++;
                position.readEntries += chunk.entries().size();
            }
            if (usable) {
                position.offset = end;
                position.chunks = position.readChunks;
                position.entries = position.readEntries;
                position.region = region;
                position.next = chunk.next();
                if (chunk.done()) {
                    position.done.add(region);
                }
            }
        });
        return position;
    }

    private static FileChannel open(Path part) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return part.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        part,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(part, options);
    }

    private void write(String name, Position position, FileChannel out, Progress progress) throws IOException {
        Region<byte[]> region = service.region(name, byte[].class);
        @Nullable String from = name.equals(position.region) ? position.next : null;
        boolean done = false;
        while (!done) {
            RegionPage page = region.scan(from, PAGE);
            done = page.next() == null;
            position.damaged += page.damaged().size();
            List<List<EntryDetails>> parts = parts(page.entries());
            for (int i = 0; i < parts.size(); i++) {
                // only the last part of a page says that the next one is due: after an earlier one the page is listed
                // again
                boolean last = i == parts.size() - 1;
                if (!parts.get(i).isEmpty() || done) {
                    DumpFile.append(
                            out, new DumpChunk(name, last ? page.next() : from, last && done, parts.get(i), -1, 0));
                    position.chunks++;
                    position.entries += parts.get(i).size();
                }
                progress.at(name, position.entries);
            }
            from = page.next();
        }
        position.done.add(name);
    }

    /** Splits a page, so that a part holds a few megabytes at most, unless one entry is larger. */
    private static List<List<EntryDetails>> parts(List<EntryDetails> entries) {
        List<List<EntryDetails>> parts = new ArrayList<>();
        List<EntryDetails> part = new ArrayList<>();
        long bytes = 0;
        for (EntryDetails entry : entries) {
            if (!part.isEmpty() && (part.size() == PAGE || bytes + entry.payload().length > 8 << 20)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(entry);
            bytes += entry.payload().length;
        }
        parts.add(part);
        return parts;
    }

    /**
     * Checks a dump from beginning to end, without a service.
     *
     * @throws DumpDamagedException if it is not whole
     */
    public static DumpReport verify(Path file) throws IOException, DumpDamagedException {
        Position position = new Position();
        List<DumpChunk> last = new ArrayList<>();
        boolean whole = DumpFile.read(file, (chunk, end) -> {
            if (!last.isEmpty()) {
                throw new DumpDamagedException("something follows the last part");
            }
            position.chunks++;
            position.entries += chunk.entries().size();
            if (chunk.region() == null) {
                last.add(chunk);
            }
        });
        if (!whole || last.isEmpty()) {
            throw new DumpDamagedException("the dump was cut off after part " + position.chunks);
        }
        if (last.get(0).total() != position.entries) {
            throw new DumpDamagedException(
                    "the dump should hold " + last.get(0).total() + " entries and holds " + position.entries);
        }
        return new DumpReport(position.entries, position.chunks, last.get(0).damaged(), false);
    }

    /**
     * Puts a dump's entries back, each as it was. The whole file is checked before the first entry is stored. Done again,
     * after a failure or for safety, it stores only what is missing, unless it overwrites.
     *
     * @param overwrite whether entries that are there now are replaced
     * @throws DumpDamagedException if the dump is not whole; nothing was stored then
     */
    public RestoreReport restore(Path file, boolean overwrite, Progress progress)
            throws IOException, DumpDamagedException {
        verify(file);
        long[] counts = new long[3];
        DumpFile.read(file, (chunk, end) -> {
            if (chunk.region() != null) {
                Region<byte[]> region = service.region(chunk.region(), byte[].class);
                for (EntryDetails entry : chunk.entries()) {
                    WriteOutcome outcome = region.restore(entry, overwrite);
                    counts[outcome == WriteOutcome.STORED ? 0 : outcome == WriteOutcome.CONDITION_NOT_MET ? 1 : 2]++;
                    progress.at(chunk.region(), counts[0] + counts[1] + counts[2]);
                }
            }
        });
        return new RestoreReport(counts[0], counts[1], counts[2]);
    }
}
