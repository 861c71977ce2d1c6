package io.cachemigrator.migrator.run;

import io.cachemigrator.compat.stage.StagePresence;
import io.cachemigrator.migrator.stage.StageMoves;
import io.cachemigrator.migrator.stage.StageStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a roll-out stands.
 *
 * @param stage stage's name, {@code CANARY} without its percentage
 * @param percent share of the keys that are read in the consolidated layout, 0 to 100
 * @param since when it was set; null = it never was
 * @param processes processes that follow it and have reported within the last ten seconds
 * @param file what {@code CACHE_STAGE_FILE} is to name
 * @param name what {@code CACHE_STAGE_NAME} is to be where {@code CACHE_STAGE_URI} names the target
 */
public record RolloutReport(
        String stage, int percent, @Nullable String since, List<Follower> processes, String file, String name) {

    /**
     * A process.
     *
     * @param process number, host, and what tells it apart
     * @param stage by which it routes all its calls
     * @param overridden whether its environment overrides the stage
     * @param behind changes that it could not hand over to the other layout yet
     */
    public record Follower(String process, String stage, boolean overridden, long behind) {
        private static Follower of(StagePresence presence) {
            return new Follower(presence.process(), presence.stage().text(), presence.overridden(), presence.behind());
        }
    }

    static RolloutReport none(Path file, String name) {
        return new RolloutReport("LEGACY", 0, null, List.of(), file.toString(), name);
    }

    static RolloutReport of(StageStore store, Path file, String name) {
        String text = store.current().text();
        Instant since = store.since();
        return new RolloutReport(
                text.replaceAll("\\(.*", ""),
                StageMoves.percent(store.current()),
                since == null ? null : since.toString(),
                store.present().stream().map(Follower::of).toList(),
                file.toString(),
                name);
    }
}
