package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Counters, exact over 64 bits and from many threads. */
interface CounterContract extends ContractPart {
    @Test
    @Tag("SVC-1")
    @DisplayName("counters: created without expiry, an existing deadline kept (defects A-3, A-4; cases 8 to 10)")
    default void increment_createsWithoutExpiryAndKeepsDeadline() {
        assertThat(numbers().increment("fresh", 3)).isEqualTo(new CounterResult.Counted(3));
        assertThat(((Lookup.Present<Long>) numbers().lookup("fresh")).deadline())
                .isNull();
        assertThat(numbers().decrement("fresh", 5)).isEqualTo(new CounterResult.Counted(-2));
        assertThat(numbers().find("fresh")).contains(-2L);

        texts().put("text", "5", WriteOptions.ttl(Duration.ofSeconds(100)).withTags("t"));
        Instant deadline = ContractPart.details(texts(), "text").deadline();
        assertThat(texts().increment("text", 2)).isEqualTo(new CounterResult.Counted(7));
        assertThat(ContractPart.details(texts(), "text").deadline()).isEqualTo(deadline);
        assertThat(ContractPart.details(texts(), "text").tags()).containsExactly("t");
        assertThat(texts().find("text")).contains("7");
        texts().invalidateTags(List.of("t"));
        assertThat(texts().increment("text", 1)).isEqualTo(new CounterResult.Counted(1));
    }

    @Test
    @Tag("SVC-1")
    default void increment_afterExpiry_startsAgain() {
        Region<Long> stale = cache().region(STALE, Long.class);
        stale.put("k", 40L, TEN_SECONDS);
        pass(Duration.ofSeconds(11));

        assertThat(stale.increment("k", 2)).isEqualTo(new CounterResult.Counted(2));
        assertThat(((Lookup.Present<Long>) stale.lookup("k")).deadline()).isNull();
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("not an integer, or beyond 64 bits: refused and unchanged (defect A-5; cases 11, 12)")
    default void increment_ofNonInteger_isRefused() {
        texts().put("float", "1.5");
        texts().put("word", "abc");
        texts().put("padded", "007");
        texts().put("huge", "9223372036854775808");
        texts().put("null", null);
        texts().put("max", Long.toString(Long.MAX_VALUE));
        texts().put("min", Long.toString(Long.MIN_VALUE));

        for (String id : List.of("float", "word", "padded", "huge", "null", "max")) {
            EntryDetails before = ContractPart.details(texts(), id);
            assertThat(texts().increment(id, 1)).as(id).isInstanceOf(CounterResult.Refused.class);
            EntryDetails after = ContractPart.details(texts(), id);
            assertThat(after.payload()).as(id).isEqualTo(before.payload());
            assertThat(after.deadline()).as(id).isEqualTo(before.deadline());
        }
        assertThat(texts().increment("min", -1)).isInstanceOf(CounterResult.Refused.class);
        assertThat(texts().increment("max", -1)).isEqualTo(new CounterResult.Counted(Long.MAX_VALUE - 1));
        assertThat(texts().increment("min", Long.MAX_VALUE)).isEqualTo(new CounterResult.Counted(-1));
        assertThat(numbers().increment("exact", 9_007_199_254_740_993L))
                .isEqualTo(new CounterResult.Counted(9_007_199_254_740_993L));
        assertThat(numbers().increment("exact", 2)).isEqualTo(new CounterResult.Counted(9_007_199_254_740_995L));
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("20 threads, 500 increments each: exactly 10,000 (defect A-3, case 13)")
    default void increment_fromManyThreads_isExact() throws Exception {
        ContractThreads.run(20, thread -> {
            for (int i = 0; i < 500; i++) {
                numbers().increment("hits", 1);
            }
        });
        assertThat(numbers().find("hits")).contains(10_000L);
    }
}
