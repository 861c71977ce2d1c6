package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.data.CopyCounts;
import io.cachemigrator.migrator.data.RedisLink;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.Checkpoint;
import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.PaceRecord;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.RunLock;
import io.cachemigrator.migrator.journal.RunRecord;
import io.cachemigrator.migrator.journal.RunState;
import io.cachemigrator.migrator.journal.StepRecord;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.stage.LiveUsage;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how a project stands from its journal. Changes nothing, and needs no store. */
public final class StatusReader {
    private static final int MOST_RUNS = 20;
    /** A copy that has not said how fast it is for longer does nothing. */
    private static final long PACE_VALID_MS = 10_000;

    private static final String LEGACY = "LEGACY";

    private final Workspace workspace;
    private final Clock clock;

    /** Of a project. */
    public StatusReader(Workspace workspace, Clock clock) {
        this.workspace = workspace;
        this.clock = clock;
    }

    /** How it stands. */
    public StatusReport read() {
        List<StatusReport.Store> stores = stores();
        try (JournalDatabase database = JournalDatabase.openForReading(workspace.journal())) {
            if (database == null) {
                LiveUsage.Found usage = usage(null, stores);
                return new StatusReport(
                        new StatusReport.Stage(LEGACY, 0, null),
                        List.of(),
                        sites(usage),
                        usage.unreadable(),
                        new StatusReport.Remaining(null, null, null),
                        stores,
                        null,
                        List.of(),
                        List.of());
            }
            RunJournal journal = new RunJournal(database);
            List<RunRecord> records = journal.runs(workspace.root().toString());
            StatusReport.Stage stage = journal.stage(workspace.root().toString())
                    .map(s -> new StatusReport.Stage(
                            s.name(), s.percent(), s.since().toString()))
                    .orElse(new StatusReport.Stage(LEGACY, 0, null));
            List<StatusReport.Run> runs = new ArrayList<>();
            records.stream().limit(MOST_RUNS).forEach(run -> runs.add(run(journal, run)));
            LiveUsage.Found usage = usage(journal, stores);
            return new StatusReport(
                    stage,
                    runs,
                    sites(usage),
                    usage.unreadable(),
                    remaining(journal, records),
                    stores,
                    RunLock.holder(database, MigrationRun.lockName(workspace)),
                    records.isEmpty()
                            ? List.of()
                            : joined(journal, records.get(0).runId()),
                    records.isEmpty()
                            ? List.of()
                            : changedSettings(journal, records.get(0).runId()));
        }
    }

    private LiveUsage.Found usage(@Nullable RunJournal journal, List<StatusReport.Store> stores) {
        StoreUri target = workspace.target();
        boolean answers = target != null
                && stores.stream()
                        .anyMatch(store -> store.reachable()
                                && (store.uri().equals(target.toString())
                                        || (workspace.legacy() != null && target.samePlace(workspace.legacy()))));
        return LiveUsage.read(workspace, journal, answers, clock);
    }

    private static List<StatusReport.LiveCallSite> sites(LiveUsage.Found usage) {
        return usage.sites().stream()
                .map(site -> new StatusReport.LiveCallSite(
                        site.place(),
                        site.api(),
                        site.replacement(),
                        site.calls(),
                        site.lastSeen().toString()))
                .toList();
    }

    private List<StatusReport.Joined> joined(RunJournal journal, String runId) {
        return journal.participants(MigrationRun.lockName(workspace)).alive().stream()
                .map(one ->
                        new StatusReport.Joined(one.holder(), journal.control().workerRate(runId, one.owner())))
                .toList();
    }

    private static List<StatusReport.ChangedSetting> changedSettings(RunJournal journal, String runId) {
        return journal.settings(runId).stream()
                .map(one -> new StatusReport.ChangedSetting(one.server(), one.name(), one.before()))
                .toList();
    }

    /** Ids of the runs in the journal, newest first. */
    public List<String> runIds() {
        try (JournalDatabase database = JournalDatabase.openForReading(workspace.journal())) {
            return database == null
                    ? List.of()
                    : new RunJournal(database)
                            .runs(workspace.root().toString()).stream()
                                    .map(RunRecord::runId)
                                    .toList();
        }
    }

    private StatusReport.Run run(RunJournal journal, RunRecord run) {
        CopyCounts counts = counts(journal, run.runId());
        List<MigrateReport.Step> steps = new ArrayList<>();
        for (StepRecord step : journal.steps(run.runId())) {
            steps.add(new MigrateReport.Step(step.name(), step.state().name(), step.durationMs()));
        }
        boolean copying = steps.stream()
                .anyMatch(step ->
                        step.name().equals(StepName.DATA.text()) && step.state().equals("RUNNING"));
        Optional<PaceRecord> pace = run.state() == RunState.RUNNING && copying
                ? journal.control()
                        .pace(run.runId())
                        .filter(known -> clock.millis() - known.updatedAt() < PACE_VALID_MS)
                : Optional.empty();
        return new StatusReport.Run(
                run.runId(),
                run.state().name(),
                run.outcome(),
                run.startedAt().toString(),
                run.endedAt() == null ? null : run.endedAt().toString(),
                steps,
                counts.scanned(),
                counts.written(),
                pace.map(PaceRecord::keysPerSecond).orElse(0.0),
                pace.map(PaceRecord::secondsLeft).orElse(0.0),
                copying ? part(journal, run.runId()) : "",
                pace.map(PaceRecord::reason).orElse(""));
    }

    private static String part(RunJournal journal, String runId) {
        return journal.checkpoints(runId).stream()
                .filter(checkpoint -> !checkpoint.done())
                .map(Checkpoint::part)
                .findFirst()
                .orElse("");
    }

    private static CopyCounts counts(RunJournal journal, String runId) {
        CopyCounts counts = new CopyCounts();
        journal.checkpoints(runId).forEach(checkpoint -> counts.add(CopyCounts.ofJson(checkpoint.counts())));
        return counts;
    }

    private static StatusReport.Remaining remaining(RunJournal journal, List<RunRecord> runs) {
        RunRecord last = runs.stream()
                .filter(run -> run.state() != RunState.UNDONE)
                .findFirst()
                .orElse(null);
        if (last == null) {
            return new StatusReport.Remaining(null, null, null);
        }
        RunDetail detail = Documents.read(last.detail(), RunDetail.class);
        long keys = journal.quarantineCount(last.runId());
        return new StatusReport.Remaining(
                (long) detail.source().refused().size(), (long) detail.manualSettings(), keys);
    }

    private List<StatusReport.Store> stores() {
        List<StatusReport.Store> stores = new ArrayList<>();
        StoreUri legacy = workspace.legacy();
        StoreUri target = workspace.target();
        if (legacy != null) {
            stores.add(store("legacy", legacy));
        }
        if (target != null && (legacy == null || !target.samePlace(legacy))) {
            stores.add(store("target", target));
        }
        return stores;
    }

    private static StatusReport.Store store(String role, StoreUri uri) {
        if (!uri.kind().isRedis()) {
            boolean isFile = uri.kind() == StoreUri.Kind.DUMP;
            boolean there = isFile ? Files.isRegularFile(uri.file()) : Files.isDirectory(uri.folder());
            String what = isFile ? "file" : "folder";
            return new StatusReport.Store(role, uri.toString(), there, there ? what : "no such " + what);
        }
        @Nullable String version;
        try (RedisLink link = RedisLink.openBriefly(uri, role)) {
            version = link.info("server").get("redis_version");
            return new StatusReport.Store(role, uri.toString(), true, "Redis " + version);
        } catch (MigratorException e) {
            return new StatusReport.Store(role, uri.toString(), false, "unreachable: " + e.why());
        }
    }
}
