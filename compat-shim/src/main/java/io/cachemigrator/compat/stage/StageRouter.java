package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.domain.keyed.KeyedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which stores a stage reads and writes. Each call is routed by one stage from its beginning to its end. Stores are opened
 * when a stage first needs them, and stay open until this is closed. Thread safe.
 *
 * @param <S> type of both stores
 */
public final class StageRouter<S extends KeyedStore> implements AutoCloseable, StageFollower {
    private static final Logger LOG = LoggerFactory.getLogger(StageRouter.class);

    private final StageSource source;
    private final StagedOptions options;
    private final Supplier<S> openLegacy;
    private final Supplier<S> openTarget;
    private final MissedChanges missed = new MissedChanges();
    private @Nullable S legacy;
    private @Nullable S target;
    private final List<Routed<S>> earlier = new ArrayList<>();
    private volatile Routed<S> routed;
    private boolean closed;

    /**
     * Asks for the stage once.
     *
     * @param legacy opens the legacy layout
     * @param target opens the consolidated one
     */
    public StageRouter(StageSource source, StagedOptions options, Supplier<S> legacy, Supplier<S> target) {
        this.source = source;
        this.options = options;
        this.openLegacy = legacy;
        this.openTarget = target;
        Stage stage = source.current();
        this.routed = new Routed<>(stage, wayOf(stage));
        if (source instanceof StagePoller poller) {
            poller.add(this);
        }
    }

    /** Begins a call, which goes the same way until it is closed. */
    Routed<S> begin() {
        while (true) {
            Routed<S> call = now();
            call.begun.increment();
            // a change may have come between the two: nobody waits for a call that it did not see beginning
            if (call == routed) {
                return call;
            }
            call.ended.increment();
        }
    }

    private Routed<S> now() {
        Stage stage = source.current();
        Routed<S> current = routed;
        return stage.equals(current.stage) ? current : change(stage);
    }

    /** The store that answers reads now; at a canary stage the legacy one, which answers for the other keys. */
    public S primary() {
        return now().way.first();
    }

    /** The stage that calls are routed by now. */
    public Stage stage() {
        return now().stage;
    }

    @Override
    public synchronized boolean follow(Stage stage) {
        if (closed) {
            return true;
        }
        boolean there = change(stage).stage.equals(stage);
        earlier.removeIf(Routed::isQuiet);
        return there && earlier.isEmpty();
    }

    @Override
    public long behind() {
        return missed.count();
    }

    /** Changes that a mirror did not take. */
    public long mirrorFailures() {
        return missed.failures();
    }

    StagedOptions options() {
        return options;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (source instanceof StagePoller poller) {
            poller.remove(this);
        }
        missed.close();
        if (legacy != null) {
            legacy.close();
        }
        if (target != null) {
            target.close();
        }
    }

    private synchronized Routed<S> change(Stage stage) {
        if (!closed && !stage.equals(routed.stage)) {
            earlier.add(routed);
            routed = new Routed<>(stage, wayOf(stage));
            LOG.info("The stage is now {}", stage.text());
            if (stage instanceof Stage.Legacy || stage instanceof Stage.Shadow) {
                missed.giveUp();
            }
        }
        return routed;
    }

    private synchronized Way<S> wayOf(Stage stage) {
        if (stage instanceof Stage.Consolidated) {
            return options.mirror()
                    ? new Way<>(target(), 100, target(), legacy(), new Mirror(target(), legacy(), missed), null)
                    : new Way<>(target(), 100, target(), null, null, null);
        }
        if (stage instanceof Stage.Legacy) {
            return new Way<>(legacy(), 0, null, null, null, null);
        }
        if (stage instanceof Stage.Shadow) {
            return new Way<>(legacy(), 0, target(), null, null, new ShadowReads(legacy(), target(), options));
        }
        int percent = stage instanceof Stage.Canary canary ? canary.percent() : 0;
        return new Way<>(legacy(), percent, target(), legacy(), new Mirror(legacy(), target(), missed), null);
    }

    private S legacy() {
        S open = legacy == null ? openLegacy.get() : legacy;
        legacy = open;
        return open;
    }

    private S target() {
        S open = target == null ? openTarget.get() : target;
        target = open;
        return open;
    }

    /**
     * Where calls go.
     *
     * @param first changed first, and read for keys that are not in the canary
     * @param percent of the keys, by bucket, that are read in the target
     * @param target the consolidated layout; null where a stage does not need it
     * @param earlier the legacy layout, asked for entries whose keys changed; null = not asked
     * @param mirror repeats changes in the other layout; null = none
     * @param shadow compares reads aside; null = none
     */
    record Way<S extends KeyedStore>(
            S first,
            int percent,
            @Nullable S target,
            @Nullable S earlier,
            @Nullable Mirror mirror,
            @Nullable ShadowReads shadow) {}

    /** The way that calls go, the stage that it was chosen for, and how many have gone it. Stands for a call that goes it. */
    static final class Routed<S extends KeyedStore> implements AutoCloseable {
        private final Stage stage;
        private final Way<S> way;
        private final LongAdder begun = new LongAdder();
        private final LongAdder ended = new LongAdder();

        private Routed(Stage stage, Way<S> way) {
            this.stage = stage;
            this.way = way;
        }

        Way<S> way() {
            return way;
        }

        /** Whether no call is on its way. What has ended is counted first: a call that begins meanwhile only adds. */
        private boolean isQuiet() {
            long over = ended.sum();
            return begun.sum() == over;
        }

        /** Ends the call. */
        @Override
        public void close() {
            ended.increment();
        }
    }
}
