package io.cachemigrator.migrator.stage;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StagePlace;
import io.cachemigrator.compat.stage.StagePresence;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.compat.stage.StageUnreadableException;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.StageRecord;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a project: in its stage file, in a key of the target and in a row of the journal, which applications over the
 * shim follow as {@code CACHE_STAGE_FILE}, {@code CACHE_STAGE_URI} or {@code CACHE_STAGE_JOURNAL} tell them, and in another row of
 * the journal, which {@code status} reads.
 */
public final class StageStore implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Workspace workspace;
    private final RunJournal journal;
    private final Clock clock;
    private final StagePlace file;
    private final @Nullable StagePlace key;
    private final @Nullable StagePlace table;

    /** Of a project. */
    public StageStore(Workspace workspace, RunJournal journal, Clock clock) {
        this.workspace = workspace;
        this.journal = journal;
        this.clock = clock;
        this.file = StageSources.file(file(workspace), clock);
        StoreUri target = workspace.target();
        this.key = target == null || target.kind() != StoreUri.Kind.REDIS
                ? null
                : StageSources.key(config(target), name(workspace));
        this.table =
                journal.hasFollowers() ? StageSources.table(workspace.journal().url(), name(workspace)) : null;
    }

    /** The file that applications read. */
    public static Path file(Workspace workspace) {
        return workspace.stateFolder().resolve("stage");
    }

    /** What the project is called in the key that applications read. */
    public static String name(Workspace workspace) {
        Path name = workspace.root().getFileName();
        return name == null ? "project" : name.toString();
    }

    /** How the store behind a URI is reached. */
    public static RedisConfig config(StoreUri target) {
        String scheme = target.tls() ? "rediss" : "redis";
        String host = target.host().contains(":") && !target.host().startsWith("[")
                ? "[" + target.host() + "]"
                : target.host();
        URI uri = URI.create(scheme + "://" + host + ":" + target.port() + "/" + target.database());
        return new RedisConfig(uri, target.user(), target.password(), 1, PATIENCE, PATIENCE);
    }

    /** How long processes that say nothing may take to see a stage. */
    public Duration silentWait() {
        return workspace.config().stageWait();
    }

    /** The stage, as the journal has it. */
    public Stage current() {
        return journal.stage(project()).map(StageStore::stage).orElse(new Stage.Legacy());
    }

    private static Stage stage(StageRecord record) {
        return record.name().equals("CANARY") ? new Stage.Canary(record.percent()) : Stage.parse(record.name());
    }

    /** Since when it is that one; null = it was never set. */
    public @Nullable Instant since() {
        return journal.stage(project()).map(StageRecord::since).orElse(null);
    }

    /** Since when both layouts have been written without a break; null = they are not. */
    public @Nullable Instant bothSince() {
        return isBoth(current())
                ? journal.stage(project() + "#both").map(StageRecord::since).orElse(null)
                : null;
    }

    private static boolean isBoth(Stage stage) {
        return !(stage instanceof Stage.Legacy) && !(stage instanceof Stage.Shadow);
    }

    /** Since when the target counted last; null = it never did. */
    public @Nullable Instant consolidatedSince() {
        return journal.stage(project() + "#consolidated")
                .map(StageRecord::since)
                .orElse(null);
    }

    /** Sets the stage. Each place changes in one step; the journal comes last, so that it is done again after a crash. */
    public void set(Stage stage) {
        places(place -> {
            place.write(stage);
            return stage;
        });
        Instant now = clock.instant();
        if (isBoth(stage) && !isBoth(current())) {
            journal.stage(project() + "#both", record(stage, now));
        }
        if (stage instanceof Stage.Consolidated && !(current() instanceof Stage.Consolidated)) {
            journal.stage(project() + "#consolidated", record(stage, now));
        }
        if (!stage.equals(current()) || since() == null) {
            journal.stage(project(), record(stage, now));
        }
    }

    private static StageRecord record(Stage stage, Instant now) {
        String name = stage instanceof Stage.Canary ? "CANARY" : stage.text();
        return new StageRecord(name, StageMoves.percent(stage), now);
    }

    /** Notes that what the target holds newer is still to be carried back, as of a time of the target's clock; null = it is done. */
    public void carryBack(@Nullable Instant asOf) {
        Instant time = asOf == null ? Instant.EPOCH : asOf;
        journal.stage(project() + "#carry-back", new StageRecord("CARRY_BACK", 0, time));
    }

    /** As of when what the target holds newer is still to be carried back; null = nothing is. */
    public @Nullable Instant carryBack() {
        return journal.stage(project() + "#carry-back")
                .map(StageRecord::since)
                .filter(time -> time.isAfter(Instant.EPOCH))
                .orElse(null);
    }

    /** Takes the key out of the target: the project has no stage any more, which is LEGACY. The file stays. */
    public void forget() {
        if (key != null) {
            reach(key, place -> {
                place.remove();
                return "";
            });
        }
    }

    /** Processes that follow the stage and have reported within the last ten seconds. */
    public List<StagePresence> present() {
        List<StagePresence> present = new ArrayList<>();
        places(place -> present.addAll(place.present()));
        return present;
    }

    private String project() {
        return workspace.root().toString();
    }

    private <T> void places(Function<StagePlace, T> work) {
        reach(file, work);
        if (key != null) {
            reach(key, work);
        }
        if (table != null) {
            reach(table, ErrorCode.JOURNAL_UNUSABLE, work);
        }
    }

    private static <T> void reach(StagePlace place, Function<StagePlace, T> work) {
        reach(place, ErrorCode.FILE_UNUSABLE, work);
    }

    private static <T> void reach(StagePlace place, ErrorCode code, Function<StagePlace, T> work) {
        try {
            var unused = work.apply(place);
        } catch (StageUnreadableException e) {
            throw new MigratorException(
                    code,
                    "The stage cannot be read or set in " + place.name() + ".",
                    String.valueOf(e.getMessage()),
                    "Mend that, then run the same command again.",
                    e);
        }
    }

    @Override
    public void close() {
        file.close();
        if (table != null) {
            table.close();
        }
        if (key != null) {
            key.close();
        }
    }
}
