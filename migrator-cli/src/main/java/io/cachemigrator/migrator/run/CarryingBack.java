package io.cachemigrator.migrator.run;

import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.compat.services.LayoutRepair;
import io.cachemigrator.compat.services.LegacyCacheSettings;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.data.MapSet;
import io.cachemigrator.migrator.data.MissedDeletions;
import io.cachemigrator.migrator.data.TargetChanges;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.stage.StageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes the stage from CONSOLIDATED back to DUAL_WRITE, and brings to the legacy layout what the application has changed in
 * the target and a mirror has missed. From then on the legacy layout counts, so nothing that is changed there later is
 * touched. A process that was killed in between is followed by another that ends the same.
 */
final class CarryingBack {
    private static final String FAMILY = "services";
    private static final String NAMESPACE = "ngx";
    /** How far the clocks of this machine and the target may be apart. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);
    /** A mirror that is on its way between two looks has arrived by the second. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Workspace workspace;
    private final StageStore store;
    private final Cancellation cancellation;
    private final Progress progress;
    private final boolean force;

    CarryingBack(Workspace workspace, StageStore store, Cancellation cancellation, Progress progress, boolean force) {
        this.workspace = workspace;
        this.store = store;
        this.cancellation = cancellation;
        this.progress = progress;
        this.force = force;
    }

    /**
     * What was carried back.
     *
     * @param carriedBack entries, and deletions, that the legacy layout was given
     * @param keptNewer entries that differed, and that the application has changed in the legacy layout meanwhile
     */
    record Result(long carriedBack, long keptNewer) {}

    /** Goes to DUAL_WRITE, waits until that is seen, and carries back; only where the target has counted. */
    Result run() {
        boolean counted = store.current() instanceof Stage.Consolidated;
        boolean possible = isPossible();
        if (counted && possible && store.carryBack() == null) {
            try (TargetChanges changes = changes()) {
                store.carryBack(changes.now());
            }
        }
        StageChange change = new StageChange(store, cancellation, progress, force);
        change.to(new Stage.DualWrite());
        Instant asOf = store.carryBack();
        if (asOf == null || !possible) {
            return new Result(0, 0);
        }
        change.awaitHandedOver();
        Result result = carryBack(asOf);
        store.carryBack(null);
        progress.line("  carried back: " + result.carriedBack() + " entries that mirrors had missed, "
                + result.keptNewer() + " kept as they are newer in the legacy layout");
        return result;
    }

    private boolean isPossible() {
        StoreUri legacy = workspace.legacy();
        StoreUri target = workspace.target();
        return legacy != null
                && target != null
                && legacy.kind() == StoreUri.Kind.REDIS
                && target.kind() == StoreUri.Kind.REDIS
                && maps().families().contains(FAMILY);
    }

    private MapSet maps() {
        return new Families(workspace).selected();
    }

    private TargetChanges changes() {
        return new TargetChanges(workspace.requireTarget(), maps(), cancellation);
    }

    private Result carryBack(Instant asOf) {
        String prefix = namespace() + ":";
        try (TargetChanges changes = changes();
                LayoutRepair repair = new LayoutRepair(settings())) {
            Map<String, LayoutRepair.Difference> first = new LinkedHashMap<>();
            changes.visit(asOf, page -> first.putAll(differences(repair, page, prefix)));
            first.putAll(deletions(repair, prefix));
            if (first.isEmpty()) {
                return new Result(0, 0);
            }
            pause();
            Map<String, LayoutRepair.Difference> still = new LinkedHashMap<>();
            List<String> keys = List.copyOf(first.keySet());
            for (int from = 0; from < keys.size(); from += 200) {
                still.putAll(repair.differences(keys.subList(from, Math.min(keys.size(), from + 200))));
            }
            return carryBack(repair, first, still);
        } catch (IllegalStateException e) {
            throw new MigratorException(
                    ErrorCode.STORE_UNREACHABLE,
                    "What the target holds newer could not be carried back.",
                    String.valueOf(e.getMessage()),
                    "Make both stores answer, then run the same command again.",
                    e);
        }
    }

    /** What was deleted in the target, and is still in the legacy layout. */
    private Map<String, LayoutRepair.Difference> deletions(LayoutRepair repair, String prefix) {
        Map<String, LayoutRepair.Difference> found = new LinkedHashMap<>();
        Instant since = store.consolidatedSince();
        if (since != null) {
            try (MissedDeletions deletions =
                    new MissedDeletions(workspace.requireLegacy(), workspace.requireTarget(), maps(), cancellation)) {
                deletions.visit(since.minus(CLOCKS_APART), page -> found.putAll(differences(repair, page, prefix)));
            }
        }
        // what has come back in the target meanwhile is a change like any other
        found.values().removeIf(difference -> !(difference.target() instanceof EntryState.Absent));
        return found;
    }

    private Result carryBack(
            LayoutRepair repair,
            Map<String, LayoutRepair.Difference> first,
            Map<String, LayoutRepair.Difference> still) {
        long carried = 0;
        long kept = 0;
        for (Map.Entry<String, LayoutRepair.Difference> each : still.entrySet()) {
            cancellation.check();
            LayoutRepair.Difference before = first.get(each.getKey());
            boolean settled = before != null && before.isSame(each.getValue());
            if (settled && repair.carryBack(each.getKey(), each.getValue())) {
                carried++;
            } else {
                kept++;
            }
        }
        return new Result(carried, kept);
    }

    /** An entry that may have been written under one of several keys is compared with those that exist, else with the first. */
    private static Map<String, LayoutRepair.Difference> differences(
            LayoutRepair repair, List<List<String>> places, String prefix) {
        List<String> keys = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (List<String> place : places) {
            List<String> own = place.stream()
                    .filter(key -> key.startsWith(prefix))
                    .map(key -> key.substring(prefix.length()))
                    .toList();
            keys.addAll(own);
            others.addAll(own.isEmpty() ? own : own.subList(1, own.size()));
        }
        Map<String, LayoutRepair.Difference> differences = new LinkedHashMap<>(repair.differences(keys));
        differences
                .entrySet()
                .removeIf(each ->
                        others.contains(each.getKey()) && each.getValue().isNew());
        return differences;
    }

    private void pause() {
        long end = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        while (System.nanoTime() < end) {
            cancellation.check();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos() / 20);
        }
    }

    private LegacyCacheSettings settings() {
        StoreUri legacy = workspace.requireLegacy();
        StoreUri target = workspace.requireTarget();
        LegacyCacheSettings any = LegacyCacheSettings.builder(Map.of()).build();
        return new LegacyCacheSettings(
                config(legacy),
                config(target),
                namespace(),
                any.decodeResponses(),
                any.defaultTtl(),
                any.stage(),
                any.staged(),
                any.failureThreshold(),
                any.openPeriod(),
                any.clock());
    }

    private static RedisConfig config(StoreUri store) {
        return StageStore.config(store).withPoolSize(2);
    }

    private String namespace() {
        return workspace.config().parameters().getOrDefault("namespace", NAMESPACE);
    }
}
