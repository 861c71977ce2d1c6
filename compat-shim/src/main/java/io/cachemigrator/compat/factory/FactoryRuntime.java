package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.TaggedStore;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageRouter;
import io.cachemigrator.compat.stage.StagedStore;
import io.cachemigrator.compat.store.CircuitBreaker;
import io.cachemigrator.compat.store.GuardedStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the legacy application caches are made of: the stores that the stage asks for, each behind a circuit breaker, and, while
 * the legacy layout is the only one, a few entries in this process. Nothing is connected before the first call. Thread safe.
 */
final class FactoryRuntime implements AutoCloseable {
    /** The stage's key starts so, whatever the consolidated service's own keys start with. */
    private static final String STAGE_KEYS = "cs:{!}stage";

    private final LegacyOptions options;
    private final StageRouter<GuardedStore> router;
    private final TaggedStore store;
    private final @Nullable MemoryFront front;

    private FactoryRuntime(LegacyOptions options, ClearScope scope) {
        CacheConfig config = FactoryTarget.config(options);
        this.options = options;
        this.router = new StageRouter<>(
                options.stage(),
                options.staged(),
                () -> guarded("The legacy layout's Redis", legacy(config, scope)),
                () -> guarded("The consolidated service", FactoryTarget.open(config, scope)));
        // keys have not changed, and a copy has every entry: none is read in the legacy layout afterwards
        StagedStore staged = new StagedStore(router, key -> false);
        this.front = options.hasL1() && !options.inMemory()
                ? new MemoryFront(staged, options.l1CacheSize(), options.defaultTtl(), this::isLegacy, options.clock())
                : null;
        this.store = front == null ? staged : front;
    }

    /**
     * Opens the stores that the stage needs now.
     *
     * @param scope what clearing removes
     */
    static FactoryRuntime open(LegacyOptions options, ClearScope scope) {
        return new FactoryRuntime(options, scope);
    }

    private boolean isLegacy() {
        return options.stage().current() instanceof Stage.Legacy;
    }

    private TaggedStore legacy(CacheConfig config, ClearScope scope) {
        return options.inMemory()
                ? FactoryTarget.open(config, scope)
                : new FactoryLayout(options, scope, List.of(config.keyPrefix(), STAGE_KEYS));
    }

    private GuardedStore guarded(String name, TaggedStore guarded) {
        return new GuardedStore(
                name, guarded, CircuitBreaker.of(options.failureThreshold(), options.openPeriod(), options.clock()));
    }

    LegacyOptions options() {
        return options;
    }

    /** Where calls go. */
    TaggedStore store() {
        return store;
    }

    StageRouter<GuardedStore> router() {
        return router;
    }

    /** The breaker of the layout that counts now. */
    CircuitBreaker breaker() {
        return router.primary().breaker();
    }

    /** The entries that this process keeps beside Redis, as JSON text by key; empty where the stage has none. */
    Map<String, byte[]> kept() {
        return front == null ? Map.of() : front.kept();
    }

    @Override
    public void close() {
        store.close();
    }
}
