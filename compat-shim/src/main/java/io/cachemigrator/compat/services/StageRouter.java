package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which stores a stage reads and writes. Stores are opened when a stage first needs them. Thread safe. */
final class StageRouter {
    private static final Logger LOG = LoggerFactory.getLogger(StageRouter.class);

    private final StageSource source;
    private final boolean mirror;
    private final Supplier<GuardedStore> openLegacy;
    private final Supplier<GuardedStore> openTarget;

    private final LongAdder misses = new LongAdder();
    private @Nullable GuardedStore legacy;
    private @Nullable GuardedStore target;
    private volatile Routed routed;
    private boolean closed;

    /**
     * Asks for the stage once.
     *
     * @throws IllegalStateException if the stage is one that is not routed
     */
    StageRouter(StageSource source, boolean mirror, Supplier<GuardedStore> legacy, Supplier<GuardedStore> target) {
        this.source = source;
        this.mirror = mirror;
        this.openLegacy = legacy;
        this.openTarget = target;
        Stage stage = source.current();
        if (!isRouted(stage)) {
            throw new IllegalStateException("CM-608 The stage is " + stage.text()
                    + ", and this version routes LEGACY, DUAL_WRITE and CONSOLIDATED only."
                    + " Set one of these.");
        }
        this.routed = new Routed(stage, wayOf(stage));
    }

    /** The way of a call that is made now. */
    Way way() {
        Stage stage = source.current();
        Routed current = routed;
        return stage.equals(current.asked()) ? current.way() : change(stage);
    }

    /** Changes that the mirror did not take. */
    long mirrorFailures() {
        return misses.sum();
    }

    synchronized void close() {
        closed = true;
        if (legacy != null) {
            legacy.close();
        }
        if (target != null) {
            target.close();
        }
    }

    private synchronized Way change(Stage stage) {
        Way way = routed.way();
        if (closed) {
            return way;
        }
        if (isRouted(stage)) {
            way = wayOf(stage);
            LOG.info("The stage is now {}", stage.text());
        } else {
            LOG.error(
                    "The stage {} is not routed by this version: calls go on as before. Set LEGACY, DUAL_WRITE or"
                            + " CONSOLIDATED.",
                    stage.text());
        }
        routed = new Routed(stage, way);
        return way;
    }

    private static boolean isRouted(Stage stage) {
        return stage instanceof Stage.Legacy || stage instanceof Stage.DualWrite || stage instanceof Stage.Consolidated;
    }

    private synchronized Way wayOf(Stage stage) {
        if (stage instanceof Stage.Consolidated) {
            return mirror ? new Way(target(), new Mirror(legacy(), misses), legacy()) : new Way(target(), null, null);
        }
        return new Way(legacy(), stage instanceof Stage.DualWrite ? new Mirror(target(), misses) : null, null);
    }

    private GuardedStore legacy() {
        GuardedStore open = legacy == null ? openLegacy.get() : legacy;
        legacy = open;
        return open;
    }

    private GuardedStore target() {
        GuardedStore open = target == null ? openTarget.get() : target;
        target = open;
        return open;
    }

    /**
     * Where a call goes.
     *
     * @param primary read, and written first
     * @param mirror written too; null = none
     * @param earlier asked for entries whose keys changed; null = none
     */
    record Way(
            GuardedStore primary,
            @Nullable Mirror mirror,
            @Nullable GuardedStore earlier) {}

    /** The way that calls go, and the stage that was asked for when it was chosen. */
    private record Routed(Stage asked, Way way) {}
}
