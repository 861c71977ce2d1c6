package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.RegionStatistics;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a service tells of itself and its entries, its asynchronous form, and its end. */
interface ReportContract extends ContractPart {
    @Test
    @Tag("SVC-1")
    default void async_givesWhatTheSynchronousFormGives() {
        var async = texts().async();

        assertThat(async.put("k", "v", WriteOptions.DEFAULTS).join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.lookup("k").join().valueOrNull()).isEqualTo("v");
        assertThat(async.putAll(Map.of("a", "1"), WriteOptions.DEFAULTS).join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.lookupAll(List.of("a", "k")).join()).hasSize(2);
        assertThat(async.exists("a").join()).isTrue();
        assertThat(async.expire("a", Duration.ofSeconds(5)).join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.delete("a").join()).isEqualTo(WriteOutcome.STORED);
        assertThat(async.increment("n", 2).join()).isEqualTo(new CounterResult.Counted(2));
        assertThat(async.lookup(""))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(ValidationException.class);
    }

    @Test
    @Tag("SVC-1")
    default void describe_givesEverythingKept() {
        profiles().put("ana", ANA, TEN_SECONDS.withTags("b", "a", "b").withMetadata(Map.of("etag", "\"1\"", "a", "é")));

        EntryDetails details = ContractPart.details(profiles(), "ana");

        assertThat(details.region()).isEqualTo("profiles");
        assertThat(details.codec()).isEqualTo(2);
        assertThat(details.tags()).containsExactly("b", "a");
        assertThat(details.metadata()).containsExactly(Map.entry("a", "é"), Map.entry("etag", "\"1\""));
        assertThat(details.migrated()).isFalse();
        assertThat(Duration.between(details.created(), details.deadline()))
                .isBetween(Duration.ofMillis(9_990), Duration.ofMillis(10_010));
        assertThat(profiles().describe("nobody")).isNull();
    }

    @Test
    @Tag("SVC-9")
    default void statistics_countByRegionAndTier() {
        texts().put("a", "1");
        texts().find("a");
        texts().find("b");
        texts().delete("a");

        RegionStatistics statistics =
                Objects.requireNonNull(cache().statistics().regions().get("texts"));
        assertThat(statistics.hits()).isEqualTo(1);
        assertThat(statistics.misses()).isEqualTo(1);
        assertThat(statistics.puts()).isEqualTo(1);
        assertThat(statistics.deletes()).isEqualTo(1);
        assertThat(statistics.unavailable()).isZero();
        assertThat(statistics.hitRate()).isEqualTo(0.5);
        assertThat(statistics.tiers()).containsKey(authority());
        assertThat(cache().regionNames()).contains("texts", INDEXED);
    }

    @Test
    @Tag("SVC-9")
    default void health_ofRunningService_isUp() {
        texts().put("a", "1");

        assertThat(cache().health().isHealthy()).isTrue();
        assertThat(cache().health().tiers()).containsKey(authority());
        assertThat(cache().health().tiers().get(authority()))
                .extracting(CacheHealth.TierHealth::latency)
                .isNotNull();
    }

    @Test
    @Tag("SVC-1")
    default void close_makesFurtherUseAnError() {
        cache().close();
        cache().close();

        assertThatThrownBy(() -> texts().lookup("k")).hasMessageStartingWith("CM-607");
        assertThatThrownBy(() -> texts().put("k", "v")).hasMessageStartingWith("CM-607");
        assertThat(texts().async().lookup("k")).isCompletedExceptionally();
    }
}
