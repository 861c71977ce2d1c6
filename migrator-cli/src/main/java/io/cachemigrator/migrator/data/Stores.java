package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;

/**
 * Opens connections to the legacy and the target store, one for each thread that needs it.
 *
 * @param legacy where legacy entries are
 * @param target where consolidated entries go
 * @param keyPrefix what consolidated keys start with
 * @param runId run that writes; empty when nothing is written
 */
record Stores(StoreUri legacy, StoreUri target, String keyPrefix, String runId) {

    LegacyReader openLegacy() {
        if (legacy.kind() != StoreUri.Kind.REDIS) {
            throw unsupported("legacy", legacy);
        }
        return new LegacyReader(RedisLink.open(legacy, "legacy"));
    }

    CopyTarget openTarget() {
        if (target.kind() != StoreUri.Kind.REDIS) {
            throw unsupported("target", target);
        }
        return new RedisTarget(RedisLink.open(target, "target"), keyPrefix, runId);
    }

    static MigratorException unsupported(String role, StoreUri uri) {
        return new MigratorException(
                ErrorCode.NOT_AVAILABLE,
                "The " + role + " store " + uri + " cannot be used.",
                "This version copies between Redis servers.",
                "Name a redis:// or rediss:// server with --" + role + ".");
    }
}
