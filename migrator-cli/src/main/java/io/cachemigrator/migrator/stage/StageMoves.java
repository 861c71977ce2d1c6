package io.cachemigrator.migrator.stage;

import io.cachemigrator.compat.stage.Stage;
import java.util.ArrayList;
import java.util.List;

/** The steps in which a stage moves: only to a neighbour, with which processes that have not seen it yet get along. */
public final class StageMoves {
    private static final int WHOLE = 100;

    private StageMoves() {}

    /** Share of the keys that are read in the consolidated layout, 0 to 100. */
    public static int percent(Stage stage) {
        if (stage instanceof Stage.Canary canary) {
            return canary.percent();
        }
        return stage instanceof Stage.Consolidated ? WHOLE : 0;
    }

    /** Whether reads may go to the consolidated layout, so that it must have everything. */
    public static boolean readsTarget(Stage stage) {
        return stage instanceof Stage.Canary || stage instanceof Stage.Consolidated;
    }

    /** The stages on the way, the last of which is where it leads; empty when it is there. */
    public static List<Stage> path(Stage from, Stage to) {
        List<Stage> path = new ArrayList<>();
        Stage dual = new Stage.DualWrite();
        if (readsTarget(to) && !readsTarget(from) && !from.equals(dual)) {
            path.add(dual);
        }
        if (to instanceof Stage.Consolidated && !(from instanceof Stage.Consolidated)) {
            path.add(new Stage.Canary(WHOLE));
        }
        if (from instanceof Stage.Consolidated && to instanceof Stage.Canary canary && canary.percent() < WHOLE) {
            path.add(new Stage.Canary(WHOLE));
        }
        if (readsTarget(from) && !readsTarget(to) && !to.equals(dual)) {
            path.add(dual);
        }
        path.add(to);
        path.removeIf(from::equals);
        return path;
    }
}
