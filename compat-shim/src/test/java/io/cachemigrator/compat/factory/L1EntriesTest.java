package io.cachemigrator.compat.factory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.compat.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-1")
class L1EntriesTest {
    private final ManualClock clock = new ManualClock();
    private final L1Entries entries = new L1Entries(3, clock);

    @Test
    void fill_beyondTheSize_dropsWhatWasUsedLongestAgo() {
        fill("a");
        fill("b");
        fill("c");
        assertThat(text("a")).isEqualTo("a");
        fill("d");
        assertThat(entries.live().keySet()).containsExactly("c", "a", "d");
        fill("c");
        assertThat(entries.live().keySet()).containsExactly("a", "d", "c");
    }

    @Test
    void get_afterItsEnd_isNothing() {
        fill("a");
        clock.pass(Duration.ofMinutes(1).minusMillis(1));
        assertThat(text("a")).isEqualTo("a");
        clock.pass(Duration.ofMillis(1));
        assertThat(entries.live()).isEmpty();
        assertThat(entries.get("a")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void fill_droppedMeanwhile_keepsNothing() {
        Object reader = entries.claim("a");
        entries.drop(List.of("a", "b"));
        entries.fill("a", reader, "old".getBytes(UTF_8), Instant.MAX, null);
        assertThat(entries.get("a")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void fill_ofTwoWhoClaimed_keepsNothingUntilItIsClear() {
        Object first = entries.claim("a");
        Object second = entries.claim("a");
        entries.fill("a", first, "1".getBytes(UTF_8), Instant.MAX, null);
        assertThat(entries.get("a")).isInstanceOf(Lookup.Absent.class);
        entries.fill("a", second, "2".getBytes(UTF_8), Instant.MAX, null);
        assertThat(entries.get("a")).as("the first may have been the later one").isInstanceOf(Lookup.Absent.class);
        fill("a");
        assertThat(text("a")).isEqualTo("a");
    }

    @Test
    void giveUp_ofAnotherClaim_leavesIt() {
        Object first = entries.claim("a");
        Object second = entries.claim("a");
        entries.giveUp("a", first);
        entries.fill("a", second, "2".getBytes(UTF_8), Instant.MAX, null);
        assertThat(text("a")).isEqualTo("2");
        entries.giveUp("a", entries.claim("a"));
        assertThat(entries.live()).isEmpty();
    }

    @Test
    void clear_withClaims_takesThemToo() {
        Object claim = entries.claim("a");
        entries.clear();
        entries.fill("a", claim, "1".getBytes(UTF_8), Instant.MAX, null);
        assertThat(entries.live()).isEmpty();
    }

    private void fill(String key) {
        entries.fill(
                key, entries.claim(key), key.getBytes(UTF_8), clock.instant().plus(Duration.ofMinutes(1)), null);
    }

    private String text(String key) {
        return new String(entries.get(key).valueOrNull(), UTF_8);
    }
}
