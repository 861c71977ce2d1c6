package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renames a damaged file, so that a new one takes its place and someone can look at the old one. */
final class DiskQuarantine {
    private static final Logger LOG = LoggerFactory.getLogger(DiskQuarantine.class);
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    /** In KiB. */
    private static final int CACHE = 2 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final AtomicLong count = new AtomicLong();

    DiskQuarantine(Path folder) {
        this.folder = folder;
    }

    /** Puts the folder's file aside, unless another process has just done so. */
    void putAside() throws TierUnavailableException {
        try (FileChannel lock =
                FileChannel.open(folder.resolve("cache.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (isStillDamaged()) {
                String aside = DiskFile.NAME + ".damaged-" + UUID.randomUUID();
                for (String suffix : SUFFIXES) {
                    Path from = folder.resolve(DiskFile.NAME + suffix);
                    if (Files.exists(from)) {
                        Files.move(from, folder.resolve(aside + suffix), StandardCopyOption.ATOMIC_MOVE);
                    }
                }
                count.incrementAndGet();
                LOG.warn("The disk tier's file was damaged and is now {}; the tier starts empty.", aside);
            }
        } catch (OverlappingFileLockException elsewhere) {
            LOG.debug("Another service of this process puts the damaged file aside.");
        } catch (IOException failure) {
            throw new TierUnavailableException(
                    "the disk tier's file is damaged and cannot be put aside: "
                            + failure.getClass().getSimpleName(),
                    failure);
        }
    }

    private boolean isStillDamaged() {
        try {
            DiskSession session = new DiskSession(folder.resolve(DiskFile.NAME), new HashMap<>(), CACHE, PATIENCE);
            try {
                return session.number("SELECT count(*) FROM pragma_quick_check(1) WHERE quick_check <> 'ok'", 1) > 0;
            } finally {
                session.close();
            }
        } catch (SQLException damaged) {
            return true;
        }
    }

    long count() {
        return count.get();
    }
}
