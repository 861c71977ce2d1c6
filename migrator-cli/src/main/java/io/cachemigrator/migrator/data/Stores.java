package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.legacy.DiskTierReader;
import io.cachemigrator.migrator.legacy.DiskcacheReader;
import io.cachemigrator.migrator.legacy.DumpReader;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.project.StoreUri;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the legacy and the target store, one for each thread that needs it.
 *
 * @param legacy where legacy entries are
 * @param target where consolidated entries go
 * @param keyPrefix what consolidated keys start with
 * @param runId run that writes; empty when nothing is written
 * @param dump shared by all that read the legacy store, where that is a dump
 */
record Stores(StoreUri legacy, StoreUri target, String keyPrefix, String runId, DumpReader.@Nullable Shared dump) {

    Stores(StoreUri legacy, StoreUri target, String keyPrefix, String runId) {
        this(
                legacy,
                target,
                keyPrefix,
                runId,
                legacy.kind() == StoreUri.Kind.DUMP ? new DumpReader.Shared(legacy.file()) : null);
    }

    LegacyReader openLegacy() {
        return dump == null ? openLegacy(legacy) : dump.open();
    }

    /** Opens a legacy store for one reader. */
    static LegacyReader openLegacy(StoreUri legacy) {
        return switch (legacy.kind()) {
            case REDIS, SENTINEL -> new RedisReader(RedisLink.open(legacy, "legacy"));
            case CLUSTER -> new ClusterReader(legacy);
            case DUMP -> new DumpReader.Shared(legacy.file()).open();
            case DISKCACHE -> DiskcacheReader.open(legacy.folder());
            case DISK -> DiskTierReader.open(legacy.folder());
        };
    }

    CopyTarget openTarget() {
        return switch (target.kind()) {
            case REDIS, SENTINEL -> new RedisTarget(RedisLink.open(target, "target"), keyPrefix, runId);
            case CLUSTER -> new ClusterTarget(target, keyPrefix, runId);
            case DISK -> new DiskTarget(target.folder(), runId);
            case DUMP, DISKCACHE -> throw new IllegalArgumentException("never a target: " + target);
        };
    }
}
