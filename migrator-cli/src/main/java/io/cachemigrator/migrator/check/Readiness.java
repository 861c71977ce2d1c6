package io.cachemigrator.migrator.check;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.migrator.data.DataMover;
import io.cachemigrator.migrator.data.KeyspaceSetting;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.data.RedisLink;
import io.cachemigrator.migrator.data.RedisReadiness;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.Notifications;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import javax.tools.ToolProvider;

/** Whether everything that a migration needs is there. Changes nothing, neither on disk nor in a store. */
public final class Readiness {
    private static final double ENVELOPE_OVERHEAD = 1.15;
    private static final long LEAST_DISK_BYTES = 256L << 20;

    private Readiness() {}

    /**
     * Looks at stores, disk and Java.
     *
     * @param bytes size of what will be copied
     * @param withData whether data will be moved
     */
    public static List<ReadinessFinding> of(Workspace workspace, MapSet maps, long bytes, boolean withData) {
        List<ReadinessFinding> findings = new ArrayList<>();
        java(findings);
        disk(workspace, findings);
        if (withData) {
            legacy(workspace, maps, findings);
            target(workspace, bytes, findings);
        }
        return findings;
    }

    private static void java(List<ReadinessFinding> findings) {
        if (ToolProvider.getSystemJavaCompiler() == null) {
            findings.add(ReadinessFinding.blocker(
                    ErrorCode.NO_COMPILER,
                    "The running Java " + Runtime.version() + " has no compiler: it is a JRE.",
                    "Set JAVA_HOME to a JDK of version 17 or later."));
        }
    }

    private static void disk(Workspace workspace, List<ReadinessFinding> findings) {
        try {
            long free = Files.getFileStore(workspace.root()).getUsableSpace();
            if (free < LEAST_DISK_BYTES) {
                findings.add(ReadinessFinding.warning(
                        "Only " + megabytes(free) + " are free on the project's disk.",
                        "Make room for the backup and the journal."));
            }
            if (!Files.isWritable(workspace.root())) {
                findings.add(ReadinessFinding.blocker(
                        ErrorCode.FILE_UNUSABLE,
                        "The project folder " + workspace.root() + " cannot be written.",
                        "Correct its permissions."));
            }
        } catch (IOException e) {
            findings.add(ReadinessFinding.warning(
                    "Free disk space could not be read: " + e.getMessage(), "Make sure that there is room."));
        }
    }

    private static void legacy(Workspace workspace, MapSet maps, List<ReadinessFinding> findings) {
        StoreUri uri = workspace.requireLegacy();
        if (!uri.kind().isRedis()) {
            files(uri, findings);
            return;
        }
        servers(uri, "legacy", findings, (link, count) -> {
            server("legacy", uri, RedisReadiness.ofLegacy(link, maps.probePrefix()), findings);
            notifications(link, uri, workspace.config().notifications(), findings);
        });
    }

    private static void notifications(
            RedisLink link, StoreUri uri, Notifications mode, List<ReadinessFinding> findings) {
        String sent = KeyspaceSetting.read(link);
        boolean isFollowed = mode != Notifications.OFF && KeyspaceSetting.isEnough(sent);
        if (!isFollowed && (sent == null || mode != Notifications.ENABLE)) {
            ReadinessFinding finding = ReadinessFinding.warning(
                    "Changes past the shim are not followed: the keyspace notifications of " + uri
                            + (sent == null
                                    ? " are not available (CONFIG GET is refused)."
                                    : mode == Notifications.OFF
                                            ? " are not to be used."
                                            : " are off or not complete (notify-keyspace-events is '" + sent + "')."),
                    sent == null || mode == Notifications.OFF
                            ? "Where applications write past the shim, pause their writes for a moment at the end of the copy."
                            : "Where applications write past the shim, set 'notifications: enable' in migrator.yml, or pause"
                                    + " their writes for a moment at the end of the copy.");
            if (!findings.contains(finding)) {
                findings.add(finding);
            }
        }
    }

    private static void files(StoreUri uri, List<ReadinessFinding> findings) {
        try {
            DataMover.tryLegacy(uri);
        } catch (MigratorException e) {
            findings.add(ReadinessFinding.blocker(e.code(), e.what() + " " + e.why(), e.fix()));
            return;
        }
        if (uri.kind() == StoreUri.Kind.DUMP) {
            findings.add(ReadinessFinding.warning(
                    "The legacy store " + uri + " is as old as the dump is.",
                    "Stop whatever writes to the legacy cache before you make it, or let nothing but the migration write to"
                            + " the target: what is deleted after the dump comes back with it."));
        }
    }

    private static void target(Workspace workspace, long bytes, List<ReadinessFinding> findings) {
        StoreUri uri = workspace.requireTarget();
        if (uri.kind() == StoreUri.Kind.DISK) {
            folder(uri, (long) (bytes * ENVELOPE_OVERHEAD), findings);
            return;
        }
        long needed = (long) (bytes * ENVELOPE_OVERHEAD);
        servers(uri, "target", findings, (link, count) -> {
            RedisReadiness readiness = RedisReadiness.ofTarget(link, DataMover.KEY_PREFIX);
            server("target", uri, readiness, findings);
            memory(uri, readiness, needed / count, findings);
            replica(link, uri, findings);
        });
    }

    private static void servers(
            StoreUri uri, String role, List<ReadinessFinding> findings, ObjIntConsumer<RedisLink> look) {
        try {
            List<RedisLink> links = RedisLink.openAll(uri, role);
            try {
                links.forEach(link -> look.accept(link, links.size()));
            } finally {
                links.forEach(RedisLink::close);
            }
        } catch (MigratorException e) {
            findings.add(ReadinessFinding.blocker(e.code(), e.what() + " " + e.why(), e.fix()));
        }
    }

    private static void folder(StoreUri uri, long needed, List<ReadinessFinding> findings) {
        Path there = uri.folder();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            findings.add(ReadinessFinding.blocker(
                    ErrorCode.STORE_UNREACHABLE,
                    "The target store " + uri + " cannot be written: " + there + " is no folder that can be.",
                    "Correct its permissions, or name another folder with --target disk:DIR."));
            return;
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            if (free < needed) {
                findings.add(ReadinessFinding.blocker(
                        ErrorCode.TARGET_FULL,
                        "The target store " + uri + " has " + megabytes(free) + " free and would need "
                                + megabytes(needed) + ".",
                        "Make room, or name another folder with --target disk:DIR."));
            }
        } catch (IOException e) {
            findings.add(ReadinessFinding.warning(
                    "Free disk space of " + uri + " could not be read: " + e.getMessage(),
                    "Make sure that there is room."));
        }
        if (needed > DiskConfig.of(uri.folder()).maxBytes()) {
            findings.add(ReadinessFinding.warning(
                    "The entries take about " + megabytes(needed)
                            + ", and a disk tier keeps 500 MB unless told otherwise.",
                    "Set the consolidated service's disk limit higher before it opens the folder."));
        }
    }

    private static void server(String role, StoreUri uri, RedisReadiness readiness, List<ReadinessFinding> findings) {
        if (!readiness.isSupported()) {
            findings.add(ReadinessFinding.blocker(
                    ErrorCode.STORE_FORBIDS,
                    "The " + role + " store " + uri + " has version " + readiness.version() + ".",
                    "Use Redis " + RedisReadiness.OLDEST + " or later, or Valkey."));
        }
        if (!readiness.forbidden().isEmpty()) {
            findings.add(ReadinessFinding.blocker(
                    ErrorCode.STORE_FORBIDS,
                    "The " + role + " store " + uri + " forbids " + String.join(", ", readiness.forbidden()) + ".",
                    "Grant it to the user: ACL SETUSER name "
                            + String.join(
                                    " ",
                                    readiness.forbidden().stream()
                                            .map(command -> "+" + command.toLowerCase(Locale.ROOT))
                                            .toList())
                            + "."));
        }
    }

    private static void memory(StoreUri uri, RedisReadiness readiness, long needed, List<ReadinessFinding> findings) {
        long after = readiness.usedMemory() + needed;
        if (readiness.maxMemory() > 0 && after > readiness.maxMemory()) {
            findings.add(ReadinessFinding.blocker(
                    ErrorCode.TARGET_FULL,
                    "The target store " + uri + " has maxmemory " + megabytes(readiness.maxMemory()) + ", uses "
                            + megabytes(readiness.usedMemory()) + " and would need " + megabytes(needed) + " more"
                            + (readiness.policy().equals("noeviction")
                                    ? "."
                                    : ": its policy " + readiness.policy() + " would evict live entries."),
                    "Raise maxmemory to " + megabytes(after + after / 5) + " or more, or name another target."));
        }
    }

    private static void replica(RedisLink link, StoreUri uri, List<ReadinessFinding> findings) {
        Map<String, String> replication = link.info("replication");
        if ("slave".equals(replication.get("role"))) {
            findings.add(ReadinessFinding.blocker(
                    ErrorCode.STORE_FORBIDS,
                    "The target store " + uri + " is a replica, which takes no writes.",
                    "Name its primary with --target."));
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
