package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.TestTiers.COPIED;
import static io.cachemigrator.cache.tier.redis.TestTiers.PLAIN;
import static io.cachemigrator.cache.tier.redis.TestTiers.get;
import static io.cachemigrator.cache.tier.redis.TestTiers.put;
import static io.cachemigrator.cache.tier.redis.TestTiers.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.EmbeddedCluster;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.Incremented;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.TierPage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is different when keys are spread over several servers. */
@Tag("SVC-3")
class ClusterTierTest {
    private static EmbeddedCluster cluster;

    private final RedisTier mine = new RedisTier(RedisConfig.of(cluster.uri()), "cs:", System::nanoTime);
    private final RedisTier other = new RedisTier(RedisConfig.of(cluster.uri()), "cs:", System::nanoTime);

    @BeforeAll
    static void start() {
        cluster = new EmbeddedCluster();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void close() {
        mine.close();
        other.close();
        cluster.flush();
    }

    private static List<EntryWrite> many(int count) {
        List<EntryWrite> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.add(write("k" + i, "v" + i, i % 2 == 0 ? "even" : "odd"));
        }
        return writes;
    }

    private static List<String> ids(int count) {
        return many(count).stream().map(EntryWrite::id).toList();
    }

    @Test
    void bulkOperations_reachEveryServer() throws Exception {
        assertThat(mine.put(PLAIN, many(100), PutCondition.ALWAYS)).isInstanceOf(PutResult.Stored.class);
        assertThat(other.getAll(PLAIN, ids(100)).keySet()).containsExactlyElementsOf(ids(100));
        assertThat(other.delete(PLAIN, ids(60))).isEqualTo(60);
        assertThat(mine.getAll(PLAIN, ids(100))).hasSize(40);
    }

    @Test
    @Tag("SVC-7")
    void invalidations_holdOnEveryServerAndForEveryClient() throws Exception {
        mine.put(PLAIN, many(50), PutCondition.ALWAYS);
        other.getAll(PLAIN, ids(50));
        mine.invalidateTags(PLAIN, List.of("even"));
        assertThat(other.getAll(PLAIN, ids(50))).hasSize(25);
        mine.invalidateTags(null, List.of("odd"));
        assertThat(other.getAll(PLAIN, ids(50))).isEmpty();

        other.put(PLAIN, many(50), PutCondition.ALWAYS);
        assertThat(mine.getAll(PLAIN, ids(50))).hasSize(50);
        mine.invalidatePrefix(PLAIN, "k1");
        assertThat(other.getAll(PLAIN, ids(50))).hasSize(39);
        assertThat(other.exists(PLAIN, "k1")).isFalse();
        assertThat(other.exists(PLAIN, "k2")).isTrue();
        assertThat(other.expire(PLAIN, "k1", 1_000)).isFalse();
        assertThat(other.delete(PLAIN, List.of("k1", "k2"))).isEqualTo(1);
    }

    @Test
    void conditionsAndCounters_lookAtLiveEntriesOnly() throws Exception {
        put(mine, PLAIN, "k", "1", "t");
        assertThat(other.put(PLAIN, List.of(write("k", "2")), PutCondition.IF_ABSENT))
                .isInstanceOf(PutResult.ConditionNotMet.class);
        mine.invalidateTags(PLAIN, List.of("t"));
        assertThat(other.put(PLAIN, List.of(write("k", "2")), PutCondition.IF_ABSENT))
                .isInstanceOf(PutResult.Stored.class);
        assertThat(get(mine, PLAIN, "k")).isEqualTo("2");
        mine.increment(PLAIN, "n", 41);
        mine.invalidatePrefix(PLAIN, "x");
        assertThat(other.increment(PLAIN, "n", 1)).isEqualTo(new Incremented.Counted(42));
    }

    @Test
    void scanAndClear_coverEveryServer() throws Exception {
        mine.put(PLAIN, many(200), PutCondition.ALWAYS);
        Set<String> found = new HashSet<>();
        String from = null;
        do {
            TierPage page = other.scan(PLAIN, from, 20);
            found.addAll(page.entries().keySet());
            from = page.next();
        } while (from != null);
        assertThat(found).containsExactlyInAnyOrderElementsOf(ids(200));
        assertThat(other.clear(PLAIN, "k1").removed()).isEqualTo(111);
        assertThat(other.clear(PLAIN, "").removed()).isEqualTo(89);
    }

    @Test
    @Tag("SVC-7")
    void tagIndex_countsTheLiveEntriesHit() throws Exception {
        RegionConfig indexed = RegionConfig.builder("indexed").tagIndex(true).build();
        mine.put(indexed, many(30), PutCondition.ALWAYS);
        put(mine, indexed, "k0", "without a tag now");
        other.delete(indexed, List.of("k2"));
        other.expire(indexed, "k4", 60_000);
        assertThat(other.invalidateTags(indexed, List.of("even")).entries()).hasValue(13);
        assertThat(other.invalidateTags(indexed, List.of("even")).entries()).hasValue(0);
        assertThat(mine.getAll(indexed, ids(30))).hasSize(16);
    }

    @Test
    @Tag("SVC-4")
    @DisplayName("changes are announced and told; loads and regions without copies say nothing")
    void changes_ofOthers_areTold() throws Exception {
        HeardChanges changes = new HeardChanges();
        mine.listen(changes);
        Eventually.await("it listens", () -> changes.missedTimes() > 0);
        mine.getAll(COPIED, List.of("any"));
        other.put(COPIED, List.of(write("loaded", "1")), PutCondition.LOADED);
        put(other, PLAIN, "plain", "1");
        put(other, COPIED, "a", "1");
        other.delete(COPIED, List.of("a"));
        other.increment(COPIED, "n", 1);
        other.expire(COPIED, "n", 5_000);
        other.put(COPIED, List.of(write("b", "1")), PutCondition.IF_ABSENT);
        other.invalidateTags(COPIED, List.of("t"));
        other.clear(COPIED, "");
        put(other, COPIED, "last", "1");
        Eventually.await("the last", () -> changes.heard().contains("changed copied [last]"));

        assertThat(changes.heard().stream().distinct())
                .containsExactly(
                        "missed",
                        "changed copied [a]",
                        "changed copied [n]",
                        "changed copied [b]",
                        "tags copied [t]",
                        "cleared copied",
                        "changed copied [last]");
    }

    @Test
    @Tag("SVC-5")
    void lease_isHeldAcrossProcesses() throws Exception {
        assertThat(mine.lease(PLAIN, "k", "ann", 60_000)).isTrue();
        assertThat(other.lease(PLAIN, "k", "bob", 60_000)).isFalse();
        mine.release(PLAIN, "k", "ann");
        assertThat(other.lease(PLAIN, "k", "bob", 60_000)).isTrue();
    }

    @Test
    void health_isUp() {
        assertThat(mine.health().reason()).isNull();
        assertThat(mine.health().details()).containsKeys("version", "server");
    }
}
