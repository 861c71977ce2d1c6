package io.cachemigrator.migrator.stage;

import io.cachemigrator.compat.deprecation.CallSite;
import io.cachemigrator.compat.deprecation.UsageText;
import io.cachemigrator.compat.stage.StagePlace;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.compat.stage.StageUnreadableException;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The legacy call sites that running applications have left beside the stage, put together over all processes. */
public final class LiveUsage {
    private LiveUsage() {}

    /**
     * What was found.
     *
     * @param sites call sites with all their calls, that which called last first
     * @param unreadable why a place could not be read, for each that could not
     */
    public record Found(List<CallSite> sites, List<String> unreadable) {}

    /**
     * Reads every place that applications of a project may follow.
     *
     * @param journal the project's; null = there is none yet
     * @param targetAnswers whether the target can be asked
     */
    public static Found read(Workspace workspace, @Nullable RunJournal journal, boolean targetAnswers, Clock clock) {
        List<Supplier<StagePlace>> places = new ArrayList<>();
        places.add(() -> StageSources.file(StageStore.file(workspace), clock));
        StoreUri target = workspace.target();
        if (targetAnswers && target != null && target.kind() == StoreUri.Kind.REDIS) {
            places.add(() -> StageSources.key(StageStore.config(target), StageStore.name(workspace)));
        }
        if (journal != null && journal.hasUsage()) {
            places.add(() -> StageSources.table(workspace.journal().url(), StageStore.name(workspace)));
        }
        Map<List<Object>, CallSite> sites = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        for (Supplier<StagePlace> each : places) {
            try (StagePlace place = each.get()) {
                place.usage().stream()
                        .flatMap(text -> UsageText.read(text).stream())
                        .forEach(site -> sites.merge(key(site), site, LiveUsage::sum));
            } catch (StageUnreadableException e) {
                unreadable.add(String.valueOf(e.getMessage()));
            }
        }
        List<CallSite> sorted = sites.values().stream()
                .sorted(Comparator.comparing(CallSite::lastSeen).reversed().thenComparing(CallSite::place))
                .toList();
        return new Found(sorted, List.copyOf(unreadable));
    }

    private static List<Object> key(CallSite site) {
        return List.of(site.className(), site.method(), site.line(), site.api());
    }

    private static CallSite sum(CallSite one, CallSite other) {
        Instant last = one.lastSeen().isAfter(other.lastSeen()) ? one.lastSeen() : other.lastSeen();
        return new CallSite(
                one.className(),
                one.method(),
                one.line(),
                one.api(),
                one.replacement(),
                one.calls() + other.calls(),
                last);
    }
}
