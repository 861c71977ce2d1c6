package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.TestTiers.COPIED;
import static io.cachemigrator.cache.tier.redis.TestTiers.PLAIN;
import static io.cachemigrator.cache.tier.redis.TestTiers.put;
import static io.cachemigrator.cache.tier.redis.TestTiers.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XTrimParams;

/** Processes that keep copies hear of each other's changes. */
@Tag("SVC-4")
class ChangeLogTest {
    private static final byte[] LOG = Wire.bytes("cs:{!}log");

    private final EmbeddedRedis server = new EmbeddedRedis();
    private final RedisTier mine = new RedisTier(RedisConfig.of(server.uri()), "cs:", System::nanoTime);
    private final RedisTier other = new RedisTier(RedisConfig.of(server.uri()), "cs:", System::nanoTime);
    private final HeardChanges changes = new HeardChanges();

    @AfterEach
    void close() {
        mine.close();
        other.close();
        server.close();
    }

    /** Listens, and keeps copies of a region. */
    private void listen() throws Exception {
        mine.listen(changes);
        awaitMissed(1);
        mine.getAll(COPIED, List.of("any"));
    }

    private void awaitMissed(int times) throws Exception {
        Eventually.await("told that changes were missed", () -> changes.missedTimes() >= times);
    }

    private void awaitHeard(String change) throws Exception {
        Eventually.await(change, () -> changes.heard().contains(change));
    }

    private long records() {
        try (RedisClient client = server.client()) {
            return client.xlen(LOG);
        }
    }

    @Test
    void changes_ofOthers_areToldInOrder() throws Exception {
        listen();
        put(other, COPIED, "a", "1");
        other.put(COPIED, List.of(write("b", "1"), write("c", "1")), PutCondition.IF_ABSENT);
        other.expire(COPIED, "a", 1_000);
        other.increment(COPIED, "n", 1);
        other.delete(COPIED, List.of("b", "gone"));
        other.invalidateTags(COPIED, List.of("t", "u"));
        other.invalidateTags(null, List.of("v"));
        other.invalidatePrefix(COPIED, "user:");
        other.clear(COPIED, "");
        put(other, COPIED, "last", "1");
        awaitHeard("changed copied [last]");

        assertThat(changes.heard())
                .containsExactly(
                        "missed",
                        "changed copied [a]",
                        "changed copied [b, c]",
                        "changed copied [a]",
                        "changed copied [n]",
                        "changed copied [b, gone]",
                        "tags copied [t, u]",
                        "tags  [v]",
                        "prefix copied user:",
                        "cleared copied",
                        "cleared copied",
                        "changed copied [last]");
    }

    @Test
    @DisplayName("loads broadcast nothing, nor do regions of which nobody keeps copies")
    void loads_andRegionsWithoutCopies_writeNoRecord() throws Exception {
        listen();
        long before = records();
        other.put(COPIED, List.of(write("a", "1")), PutCondition.LOADED);
        put(other, PLAIN, "a", "1");
        other.delete(PLAIN, List.of("a"));
        other.put(COPIED, List.of(write("a", "1")), PutCondition.IF_ABSENT);
        assertThat(records()).isEqualTo(before);

        other.delete(COPIED, List.of("a"));
        assertThat(records()).isEqualTo(before + 1);
    }

    @Test
    void ownChanges_areNotToldBack() throws Exception {
        listen();
        put(mine, COPIED, "own", "1");
        put(other, COPIED, "others", "1");
        awaitHeard("changed copied [others]");
        assertThat(changes.heard()).containsExactly("missed", "changed copied [others]");
    }

    @Test
    @DisplayName("a process that keeps no copies itself still tells those that do")
    void writer_withAnotherPolicyForTheRegion_tells() throws Exception {
        listen();
        put(other, COPIED.toBuilder("copied").tiers(TierPolicy.REDIS).build(), "a", "1");
        awaitHeard("changed copied [a]");
    }

    @Test
    void heardUntil_advancesWhileNothingHappens() throws Exception {
        assertThat(mine.heardUntilNanos()).isNull();
        listen();
        long asked = System.nanoTime();
        Eventually.await("heard until now", () -> {
            Long until = mine.heardUntilNanos();
            return until != null && until - asked > 0;
        });
        assertThat(changes.heard()).containsExactly("missed");
        assertThatThrownBy(() -> mine.listen(changes)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void log_trimmedOrRemoved_isMissed() throws Exception {
        listen();
        try (RedisClient client = server.client()) {
            client.xtrim(LOG, XTrimParams.xTrimParams().maxLen(0));
            awaitMissed(2);
            client.del(LOG);
            awaitMissed(3);
            client.flushAll();
            awaitMissed(4);
        }
        put(other, COPIED, "a", "1");
        awaitHeard("changed copied [a]");
    }

    @Test
    @DisplayName(
            "a follower whose last record was replaced by others missed changes (failover to a server that was behind)")
    void log_rewrittenBehindTheFollower_isMissed() throws Exception {
        listen();
        put(other, COPIED, "a", "1");
        awaitHeard("changed copied [a]");
        try (RedisClient client = server.client()) {
            Object last =
                    client.xrevrange(LOG, Wire.bytes("+"), Wire.bytes("-"), 1).get(0);
            // as many records as before, one of them another
            client.xdel(LOG, Wire.bytes(LogRecord.of(last).position()));
        }
        awaitMissed(2);
    }

    @Test
    void mark_thatWasLost_isMissedAndRenewed() throws Exception {
        CopyMarks marks = new CopyMarks(
                new RedisKeys("cs:"), new RedisLink(RedisConfig.of(server.uri()), System::nanoTime), "me");
        marks.follow();
        marks.ensure(COPIED);
        try (RedisClient client = server.client()) {
            assertThat(marks.renew(client)).isTrue();
            client.del("cs:{!}copies:copied");
            assertThat(marks.renew(client)).isFalse();
            assertThat(marks.renew(client)).isTrue();
            assertThat(client.pttl("cs:{!}copies:copied")).isPositive();
        }
    }

    @Test
    void follower_afterRestart_goesOn() throws Exception {
        listen();
        server.stop();
        server.start();
        awaitMissed(2);
        Eventually.await("the region is marked again", () -> {
            put(other, COPIED, "a", "1");
            return changes.heard().contains("changed copied [a]");
        });
    }

    @Test
    void manyNames_areToldWhole() throws Exception {
        listen();
        List<EntryWrite> writes = new ArrayList<>();
        for (int i = 0; i < 1_050; i++) {
            writes.add(write("k" + i, "v"));
        }
        other.put(COPIED, writes, PutCondition.ALWAYS);
        Eventually.await("all names", () -> String.join(" ", changes.heard()).contains("k1049]"));
        String all = String.join(" ", changes.heard());
        assertThat(writes).allMatch(write -> all.contains(write.id()));
    }
}
