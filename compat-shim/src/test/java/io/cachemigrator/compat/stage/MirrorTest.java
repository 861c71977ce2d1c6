package io.cachemigrator.compat.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a mirror does when another one is at work between its steps. */
@Tag("SHM-3")
class MirrorTest {
    private final KeyedStore from =
            KeyedStore.over(CacheService.open(CacheConfig.builder().build()), KeyRoutes.services());
    private final Interrupted to = new Interrupted(
            KeyedStore.over(CacheService.open(CacheConfig.builder().build()), KeyRoutes.services()));
    private final MissedChanges missed = new MissedChanges();
    private final Mirror mirror = new Mirror(from, to, missed);

    @AfterEach
    void close() {
        missed.close();
        from.close();
        to.close();
    }

    @Test
    @DisplayName("an older state that arrives after a newer one does not stay")
    void repeat_overtakenBetweenReadAndWrite_handsTheLatestOver() {
        from.put("k", 1, WriteOptions.DEFAULTS);
        to.interruption = () -> {
            from.put("k", 2, WriteOptions.DEFAULTS);
            mirror.repeat("k");
        };

        assertThat(mirror.repeat("k")).isTrue();

        assertThat(text("k")).isEqualTo("2");
        assertThat(missed.failures()).isZero();
    }

    @Test
    @DisplayName("a deletion that overtakes is not undone")
    void repeat_overtakenByADeletion_removes() {
        from.put("k", 1, WriteOptions.DEFAULTS);
        to.interruption = () -> {
            from.delete("k");
            mirror.repeat("k");
        };

        mirror.repeat("k");

        assertThat(text("k")).isNull();
    }

    @Test
    @DisplayName("a new deadline alone is handed over as well")
    void repeat_overtakenByANewDeadline_handsItOver() {
        from.put("k", 1, WriteOptions.ttl(Duration.ofSeconds(10)));
        to.interruption = () -> from.expire("k", Duration.ofHours(1));

        mirror.repeat("k");

        EntryState.Present<byte[]> there = (EntryState.Present<byte[]>)
                to.store.states(java.util.Set.of("k")).get("k");
        assertThat(Duration.between(Instant.now(), there.deadline())).isGreaterThan(Duration.ofMinutes(50));
    }

    @Test
    @DisplayName("a key that the other store did not take is known as behind until it does")
    void repeat_refused_isBehindUntilTaken() {
        from.put("k", 1, WriteOptions.DEFAULTS);
        to.down = true;
        assertThat(mirror.repeat("k")).isFalse();
        assertThat(mirror.isBehind("k")).isTrue();
        assertThat(mirror.isBehind("other")).isFalse();
        assertThat(missed.failures()).isEqualTo(1);

        to.down = false;
        mirror.repeat("k");
        assertThat(mirror.isBehind("k")).isFalse();
        assertThat(text("k")).isEqualTo("1");
    }

    @Test
    @DisplayName("a change that had no answer counts as behind, and is handed over by itself if it was made")
    void doubt_changeThatWasMade_isBehindAndThenHandedOver() {
        from.put("k", 1, WriteOptions.DEFAULTS);
        to.down = true;
        mirror.doubt(java.util.List.of("k"));
        assertThat(mirror.isBehind("k")).isTrue();
        assertThat(missed.failures()).isZero();

        to.down = false;
        long end = System.nanoTime() + 30_000_000_000L;
        while (mirror.isBehind("k") && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(text("k")).isEqualTo("1");
    }

    private @Nullable String text(String key) {
        EntryState<byte[]> state = to.store.states(java.util.Set.of(key)).get(key);
        byte[] value = state instanceof EntryState.Present<byte[]> present ? present.value() : null;
        return value == null ? null : new String(value, UTF_8);
    }

    /** A store that takes every state, as a legacy one does, and in which something happens before it does. */
    private static final class Interrupted implements KeyedStore {
        private final KeyedStore store;
        private @Nullable Runnable interruption;
        private volatile boolean down;
        private Instant latest = Instant.now();

        Interrupted(KeyedStore store) {
            this.store = store;
        }

        @Override
        public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
            Runnable once = interruption;
            interruption = null;
            if (once != null) {
                once.run();
            }
            Map<String, EntryState<byte[]>> forced = new HashMap<>();
            Map<String, WriteOutcome> refused = new HashMap<>();
            states.forEach((key, state) -> {
                latest = latest.plusMillis(1);
                refused.put(key, WriteOutcome.UNAVAILABLE);
                forced.put(
                        key,
                        state instanceof EntryState.Present<byte[]> present
                                ? new EntryState.Present<>(present.value(), latest, present.deadline())
                                : new EntryState.Absent<>(latest));
            });
            return down ? refused : store.applyAll(forced);
        }

        @Override
        public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
            return store.states(keys);
        }

        @Override
        public <T> Lookup<T> lookup(String key, Class<T> type) {
            return store.lookup(key, type);
        }

        @Override
        public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
            return store.lookupAll(keys, type);
        }

        @Override
        public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
            return store.put(key, value, options);
        }

        @Override
        public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
            return store.putAll(values, options);
        }

        @Override
        public WriteOutcome delete(String key) {
            return store.delete(key);
        }

        @Override
        public WriteOutcome exists(String key) {
            return store.exists(key);
        }

        @Override
        public WriteOutcome expire(String key, Duration ttl) {
            return store.expire(key, ttl);
        }

        @Override
        public CounterResult increment(String key, long delta) {
            return store.increment(key, delta);
        }

        @Override
        public ClearOutcome clear() {
            return store.clear();
        }

        @Override
        public CacheHealth health() {
            return store.health();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
