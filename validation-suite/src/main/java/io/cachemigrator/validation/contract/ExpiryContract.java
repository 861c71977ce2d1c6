package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.BulkDeletion;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deadlines: set, moved, renewed by reads, and what is left after them. */
interface ExpiryContract extends ContractPart {
    @Test
    @Tag("SVC-1")
    default void put_ifAbsentOverExpiredOrInvalidated_stores() {
        Region<String> stale = cache().region(STALE, String.class);
        stale.put("expired", "old", TEN_SECONDS);
        stale.put("tagged", "old", WriteOptions.DEFAULTS.withTags("t"));
        pass(Duration.ofSeconds(11));
        stale.invalidateTags(List.of("t"));

        assertThat(stale.put("expired", "v", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(stale.put("expired", "new", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(stale.put("tagged", "v", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(stale.put("tagged", "new", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        assertThat(stale.findAll(List.of("expired", "tagged"))).containsValues("new", "new");
    }

    @Test
    @Tag("SVC-1")
    default void delete_ofExpiredOrInvalidated_findsNone() {
        Region<String> stale = cache().region(STALE, String.class);
        stale.put("expired", "old", TEN_SECONDS);
        stale.put("tagged", "old", WriteOptions.DEFAULTS.withTags("t"));
        pass(Duration.ofSeconds(11));
        stale.invalidateTags(List.of("t"));

        assertThat(stale.delete("expired")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(stale.deleteAll(List.of("tagged", "never"))).isEqualTo(new BulkDeletion(0, true));
        assertThat(stale.exists("tagged")).isFalse();
    }

    @Test
    @Tag("SVC-2")
    default void lookup_afterTimeToLive_isAbsent() {
        texts().put("short", "v", TEN_SECONDS);
        texts().put("default", "v");
        texts().put("forever", "v", WriteOptions.ttl(WriteOptions.NO_EXPIRY));

        pass(Duration.ofSeconds(9));
        assertThat(texts().find("short")).contains("v");
        pass(Duration.ofSeconds(3));
        assertThat(texts().lookup("short")).isInstanceOf(Lookup.Absent.class);
        assertThat(texts().exists("short")).isFalse();
        pass(Duration.ofHours(1));
        assertThat(texts().lookup("default")).isInstanceOf(Lookup.Absent.class);
        assertThat(texts().find("forever")).contains("v");
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("expire changes the deadline only, and zero deletes (defect A-6)")
    default void expire_ofLiveEntry_movesDeadline() {
        texts().put("k", "v", WriteOptions.DEFAULTS.withTags("t").withMetadata(Map.of("m", "1")));

        assertThat(texts().expire("k", Duration.ofSeconds(10))).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().expire("missing", Duration.ofSeconds(10))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        EntryDetails details = ContractPart.details(texts(), "k");
        assertThat(details.tags()).containsExactly("t");
        assertThat(details.metadata()).containsEntry("m", "1");
        pass(Duration.ofSeconds(11));
        assertThat(texts().lookup("k")).isInstanceOf(Lookup.Absent.class);

        texts().put("gone", "v");
        assertThat(texts().expire("gone", Duration.ZERO)).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().exists("gone")).isFalse();
        assertThat(texts().expire("gone", Duration.ZERO)).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
    }

    @Test
    @Tag("SVC-1")
    default void persist_ofLiveEntry_removesDeadline() {
        texts().put("k", "v", TEN_SECONDS);

        assertThat(texts().persist("k")).isEqualTo(WriteOutcome.STORED);
        assertThat(texts().persist("missing")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        pass(Duration.ofDays(30));
        assertThat(((Lookup.Present<String>) texts().lookup("k")).deadline()).isNull();
    }

    @Test
    @Tag("SVC-2")
    default void lookup_inSlidingRegion_renewsDeadline() {
        Region<String> sliding = cache().region(SLIDING, String.class);
        sliding.put("k", "v");
        for (int i = 0; i < 4; i++) {
            pass(Duration.ofSeconds(60));
            assertThat(sliding.find("k")).contains("v");
        }
        pass(Duration.ofSeconds(101));
        assertThat(sliding.lookup("k")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @Tag("SVC-2")
    default void put_withJitter_shortensTimeToLiveWithinItsShare() {
        CacheConfig config = fixture().configuration().build();
        RegionConfig jittered = config.defaults().toBuilder("jittered")
                .jitter(0.5)
                .defaultTtl(Duration.ofSeconds(1_000))
                .build();
        try (CacheService service =
                fixture().open(fixture().configuration().region(jittered).build())) {
            Region<String> region = service.region("jittered", String.class);
            Set<Instant> deadlines = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                region.put("k" + i, "v");
                EntryDetails details = ContractPart.details(region, "k" + i);
                deadlines.add(details.deadline());
                Duration ttl = Duration.between(details.created(), details.deadline());
                assertThat(ttl).isBetween(Duration.ofSeconds(499), Duration.ofSeconds(1_001));
            }
            assertThat(deadlines).hasSizeGreaterThan(5);
        }
    }

    @Test
    @Tag("SVC-5")
    default void lookup_withinStaleAllowance_isStale() {
        Region<String> stale = cache().region(STALE, String.class);
        stale.put("k", "v", TEN_SECONDS);
        pass(Duration.ofSeconds(11));

        Lookup<String> lookup = stale.lookup("k");
        assertThat(lookup).isInstanceOf(Lookup.Stale.class);
        assertThat(((Lookup.Stale<String>) lookup).value()).isEqualTo("v");
        assertThat(lookup.valueOrNull()).isNull();
        assertThat(stale.exists("k")).isFalse();
        assertThat(stale.statistics().stale()).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(stale.lookup("k")).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    @Tag("SVC-2")
    default void describe_ofSlidingEntry_doesNotRenewIt() {
        Region<String> sliding = cache().region(SLIDING, String.class);
        sliding.put("k", "v");
        pass(Duration.ofSeconds(60));
        Instant deadline = ContractPart.details(sliding, "k").deadline();
        assertThat(ContractPart.details(sliding, "k").deadline()).isEqualTo(deadline);
        pass(Duration.ofSeconds(50));
        assertThat(sliding.describe("k")).isNull();
    }
}
