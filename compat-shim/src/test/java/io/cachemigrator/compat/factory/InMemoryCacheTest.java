package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.compat.testkit.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The legacy cache of one process. */
@Tag("SHM-1")
@SuppressWarnings("removal") // the legacy classes are what is tested
class InMemoryCacheTest {
    private final ManualClock clock = new ManualClock();

    private InMemoryCache cache(int size) {
        return new InMemoryCache(Duration.ofHours(1), size, clock);
    }

    private static List<String> present(InMemoryCache cache, String... keys) {
        return List.of(keys).stream().filter(cache::exists).toList();
    }

    @Test
    @Tag("factory-case-33")
    @DisplayName("case 33: the entry that was used least recently makes room")
    void set_full_leastRecentlyUsedGoes() {
        try (InMemoryCache cache = cache(3)) {
            cache.set("1", 1);
            cache.set("2", 2);
            cache.set("3", 3);
            assertThat(cache.get("1")).contains(1);
            assertThat(cache.exists("2"))
                    .as("looking whether it exists is no use")
                    .isTrue();
            cache.set("4", 4);
            assertThat(present(cache, "1", "2", "3", "4")).containsExactly("1", "3", "4");
            assertThat(cache.stats().evictions()).isEqualTo(1);
        }
    }

    @Test
    @Tag("factory-case-34")
    @Tag("factory-DEF-20")
    @DisplayName("case 34, DEF-20: writing again is a use, and evicts nothing")
    void set_again_isAUse() {
        try (InMemoryCache cache = cache(3)) {
            cache.set("1", 1);
            cache.set("2", 2);
            cache.set("3", 3);
            cache.set("1", "again");
            assertThat(cache.stats().evictions()).isZero();
            cache.set("4", 4);
            assertThat(present(cache, "1", "2", "3", "4")).containsExactly("1", "3", "4");
        }
    }

    @Test
    @Tag("factory-case-35")
    @DisplayName("case 35: an entry is gone after its time")
    void get_expired_isGone() {
        try (InMemoryCache cache = cache(10)) {
            cache.set("short", 1, Duration.ofSeconds(1));
            cache.set("default", 1);
            cache.set("forever", 1, Duration.ZERO);
            assertThat(cache.getTtl("short")).contains(Duration.ofSeconds(1));
            clock.pass(Duration.ofMillis(1_001));
            assertThat(cache.getKeys()).contains("short");
            assertThat(cache.size()).isEqualTo(3);
            assertThat(cache.getActiveKeys()).containsExactlyInAnyOrder("default", "forever");
            assertThat(cache.get("short")).isEmpty();
            assertThat(cache.exists("short")).isFalse();
            assertThat(cache.getTtl("default")).contains(Duration.ofSeconds(3_598));
            assertThat(cache.getTtl("forever")).isEmpty();
            clock.pass(Duration.ofDays(400));
            assertThat(cache.exists("forever")).isTrue();
            assertThat(cache.exists("default")).isFalse();
        }
    }

    @Test
    @DisplayName("what has expired makes room before what is alive")
    void set_full_expiredGoesFirst() {
        try (InMemoryCache cache = cache(2)) {
            cache.set("alive", 1);
            cache.set("short", 1, Duration.ofSeconds(1));
            clock.pass(Duration.ofSeconds(2));
            cache.set("new", 1);
            assertThat(present(cache, "alive", "short", "new")).containsExactly("alive", "new");
            assertThat(cache.stats().evictions()).isZero();
        }
    }

    @Test
    @Tag("factory-case-36")
    @DisplayName("case 36: values outside their ranges are refused")
    void new_outOfRange_isRefused() {
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> new InMemoryCache(Duration.ZERO, 10));
        wrong.add(() -> new InMemoryCache(Duration.ofSeconds(86_401), 10));
        wrong.add(() -> new InMemoryCache(Duration.ofHours(1), 0));
        wrong.add(() -> new InMemoryCache(Duration.ofHours(1), 100_001));
        assertThat(wrong).allSatisfy(made -> assertThatThrownBy(made::run).isInstanceOf(ConfigurationException.class));
        assertThatThrownBy(() -> new InMemoryCache(Duration.ZERO, 0))
                .hasMessageContaining("defaultTtl")
                .hasMessageContaining("maxSize");
    }

    @Test
    @Tag("factory-DEF-21")
    @Tag("factory-DEF-22")
    @Tag("factory-DEF-24")
    @Tag("factory-DEF-30")
    @Tag("factory-DEF-40")
    @Tag("factory-DEF-41")
    @DisplayName("DEF-21, 22, 24, 30, 40, 41: what the original got wrong")
    void defects_areGone() {
        try (InMemoryCache cache = cache(10)) {
            assertThatThrownBy(() -> cache.set("k", 1, Duration.ofSeconds(-1))).isInstanceOf(ValidationException.class);
            List<Integer> value = new ArrayList<>(List.of(1));
            cache.set("list", value);
            value.add(2);
            assertThat(cache.get("list")).contains(List.of(1));
            cache.set("none", null);
            assertThat(cache.lookup("none").isPresent()).isTrue();
            cache.get("absent");
            assertThat(cache.hitRatioPercent()).isEqualTo(cache.stats().hitRatioPercent());
            assertThat(cache.hitRatioPercent()).isBetween(66.0, 67.0);
            assertThatThrownBy(() -> cache.invalidatePattern("", null)).isInstanceOf(ValidationException.class);
            cache.set("short", 1, Duration.ofSeconds(1));
            clock.pass(Duration.ofSeconds(2));
            assertThat(cache.exists("short")).isFalse();
            assertThat(cache.stats().memoryBytes()).isEqualTo("[1]null".length());
            assertThat(cache.invalidatePattern("*", null)).isEqualTo(2);
            assertThat(cache.stats().memoryBytes()).isZero();
            assertThat(cache.stats().memoryEntries()).isZero();
        }
    }

    @Test
    @DisplayName("what else it can do")
    void others() {
        try (InMemoryCache cache = new InMemoryCache()) {
            assertThat(cache.connect()).isTrue();
            cache.set("user:1", 1);
            cache.set("user:22", 2);
            assertThat(cache.invalidatePattern("user:?", "by hand")).isEqualTo(1);
            assertThat(cache.clear("by hand")).isEqualTo(1);
            assertThat(cache.delete("user:1")).isFalse();
            cache.disconnect();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    @Tag("factory-DEF-43")
    @DisplayName("DEF-43: an access looks at its own entry only, however many there are")
    void access_looksAtOneEntry() {
        AtomicInteger looks = new AtomicInteger();
        // whether an entry has expired is asked by a look at the clock
        Clock counting = new Clock() {
            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                looks.incrementAndGet();
                return clock.instant();
            }
        };
        try (InMemoryCache cache = new InMemoryCache(Duration.ofHours(1), 100_000, counting)) {
            for (int i = 0; i < 10_000; i++) {
                cache.set("k" + i, i);
            }
            looks.set(0);
            cache.get("k7");
            cache.set("k7", 8);
            cache.exists("k7");
            cache.delete("k7");
            assertThat(looks.get()).isPositive().isLessThan(50);
        }
    }
}
