package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** States handed over from another store: the latest wins, in whatever order they come. */
interface StateContract extends ContractPart {
    private Instant now() {
        texts().put("now", "now");
        return ContractPart.details(texts(), "now").created();
    }

    private static EntryState<String> present(String value, Instant asOf) {
        return new EntryState.Present<>(value, asOf, asOf.plusSeconds(600));
    }

    @Test
    @Tag("SHM-3")
    @DisplayName("the state of the latest time stays, in whatever order states arrive")
    default void apply_inAnyOrder_theLatestStays() {
        Instant now = now();
        List<EntryState<String>> states = List.of(
                present("first", now),
                new EntryState.Absent<>(now.plusMillis(1)),
                present("third", now.plusMillis(2)),
                new EntryState.Absent<>(now.plusMillis(3)));
        int[][] orders = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 0, 2, 3}, {2, 0, 1}, {2, 1, 0}, {1, 2, 0}, {1, 0}, {0}};
        for (int[] order : orders) {
            String id = "k" + Arrays.toString(order);
            int latest = -1;
            for (int next : order) {
                WriteOutcome expected = next > latest ? WriteOutcome.STORED : WriteOutcome.CONDITION_NOT_MET;
                assertThat(texts().apply(id, states.get(next))).as(id).isEqualTo(expected);
                assertThat(texts().apply(id, states.get(next)))
                        .as(id + " again")
                        .isEqualTo(WriteOutcome.CONDITION_NOT_MET);
                latest = Math.max(latest, next);
            }
            String value = latest == 0 ? "first" : latest == 2 ? "third" : null;
            assertThat(texts().get(id)).as(id).isEqualTo(value);
            assertThat(texts().exists(id)).as(id).isEqualTo(value != null);
        }
    }

    @Test
    @Tag("SHM-3")
    @DisplayName("a state keeps its time, deadline, tags and metadata, and is told as it was taken over")
    default void apply_present_keepsAllOfIt() {
        Instant now = now();
        Instant deadline = now.plusSeconds(100).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        EntryState<String> state =
                new EntryState.Present<>("v", now, deadline, List.of("red"), Map.of("origin", "elsewhere"));
        EntryState<String> ofNull = new EntryState.Present<>(null, now, null);

        assertThat(texts().apply("k", state)).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().apply("null", ofNull)).isEqualTo(WriteOutcome.STORED);

        assertThat(texts().state("k")).isEqualTo(state);
        assertThat(texts().state("null")).isEqualTo(ofNull);
        assertThat(texts().lookup("null")).isEqualTo(new Lookup.Present<String>(null, null));
        assertThat(texts().state("none")).isInstanceOf(EntryState.Absent.class);
        texts().invalidateTags(List.of("red"));
        assertThat(texts().exists("k")).isFalse();
        assertThat(texts().state("k")).isInstanceOf(EntryState.Absent.class);
    }

    @Test
    @Tag("SHM-3")
    @DisplayName("a write of this store's own is not replaced by an older state, and replaces an older one")
    default void apply_besideOwnWrites_theLatestStays() {
        Instant before = now();
        texts().put("k", "own", WriteOptions.ttl(Duration.ofMinutes(5)));

        assertThat(texts().apply("k", present("older", before))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().apply("k", new EntryState.Absent<>(before))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().get("k")).isEqualTo("own");

        texts().apply("k", new EntryState.Absent<>(now()));
        assertThat(texts().get("k")).isNull();
        assertThat(texts().put("k", "again", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().get("k")).isEqualTo("again");
    }

    @Test
    @Tag("SHM-3")
    @DisplayName("what was invalidated later is not seen, and other services see what was taken over")
    default void apply_amongOthers_isSeenUnlessInvalidated() throws InterruptedException {
        Region<String> elsewhere = another().region(texts().name(), String.class);
        texts().put("k", "old");
        assertThat(elsewhere.get("k")).isEqualTo("old");
        Instant now = now();
        Map<String, EntryState<String>> both = new LinkedHashMap<>();
        both.put("k", present("new", now));
        both.put("x:1", present("one", now));

        assertThat(texts().applyAll(both))
                .containsExactly(Map.entry("k", WriteOutcome.STORED), Map.entry("x:1", WriteOutcome.STORED));
        ContractThreads.until(() -> "new".equals(elsewhere.get("k")));

        texts().invalidatePrefix("x:");
        texts().apply("x:2", present("two", now));
        assertThat(texts().get("x:1")).isNull();
        assertThat(texts().get("x:2")).isNull();
        assertThat(elsewhere.get("x:2")).isNull();
    }

    @Test
    @Tag("SHM-3")
    @DisplayName("a state that expired on its way leaves nothing, and lets nothing older in")
    default void apply_expiredOnItsWay_isAbsent() {
        Instant asOf = now().minusSeconds(20);

        texts().apply("k", new EntryState.Present<>("late", asOf, asOf.plusSeconds(10)));

        assertThat(texts().get("k")).isNull();
        assertThat(texts().apply("k", present("older", asOf.minusSeconds(1))))
                .isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().exists("k")).isFalse();
    }

    @Test
    @Tag("SHM-3")
    @DisplayName("what has expired since it was taken over keeps older states out for a while")
    default void apply_olderThanWhatHasExpired_staysOut() {
        if (authority().equals("memory")) {
            // a copy into this process's own memory has nobody beside it
            return;
        }
        Instant now = now();
        texts().apply("k", new EntryState.Present<>("short", now, now.plusSeconds(2)));
        pass(Duration.ofSeconds(3));

        assertThat(texts().get("k")).isNull();
        assertThat(texts().apply("k", present("older", now.minusSeconds(1)))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(texts().get("k")).isNull();
    }
}
