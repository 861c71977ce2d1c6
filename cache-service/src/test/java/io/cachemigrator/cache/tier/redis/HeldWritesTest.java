package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.TestTiers.COPIED;
import static io.cachemigrator.cache.tier.redis.TestTiers.PLAIN;
import static io.cachemigrator.cache.tier.redis.TestTiers.get;
import static io.cachemigrator.cache.tier.redis.TestTiers.getOnceUp;
import static io.cachemigrator.cache.tier.redis.TestTiers.hold;
import static io.cachemigrator.cache.tier.redis.TestTiers.impatient;
import static io.cachemigrator.cache.tier.redis.TestTiers.put;
import static io.cachemigrator.cache.tier.redis.TestTiers.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.contract.FaultyProxy;
import io.cachemigrator.cache.contract.FaultyProxy.Fault;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** What a process could not change in Redis is made up for, and loses to what is newer. */
@Tag("SVC-6")
class HeldWritesTest {
    private final EmbeddedRedis server = new EmbeddedRedis();
    private final FaultyProxy network = new FaultyProxy(server.port());
    private final RedisTier mine = new RedisTier(impatient(network.uri()), "cs:", System::nanoTime);
    private final RedisTier other = new RedisTier(RedisConfig.of(server.uri()), "cs:", System::nanoTime);

    @BeforeEach
    void putSomething() throws Exception {
        put(mine, PLAIN, "k", "old", "t");
    }

    @AfterEach
    void close() {
        mine.close();
        other.close();
        network.close();
        server.close();
    }

    private Map<String, String> details(RedisTier tier) {
        return tier.health().details();
    }

    /** Without any call by the application. */
    private void awaitMadeUp() throws Exception {
        Eventually.await(
                "nothing is held", () -> details(mine).get("heldWrites").equals("0"));
    }

    /** What clocks may differ by. */
    private void letDoubtPass() throws Exception {
        long end = other.nowMillis() + 200;
        Eventually.await("time passes", () -> other.nowMillis() > end);
    }

    @Test
    void write_inAnOutage_isMadeUpForWithoutACall() throws Exception {
        network.set(Fault.CUT);
        hold(mine, PLAIN, "k", "one");
        hold(mine, PLAIN, "k", "two");
        hold(mine, PLAIN, "n", "new");
        assertThat(details(mine)).containsEntry("heldWrites", "2");
        assertThat(get(other, PLAIN, "k")).isEqualTo("old");

        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isEqualTo("two");
        assertThat(get(other, PLAIN, "n")).isEqualTo("new");
        assertThat(getOnceUp(mine, PLAIN, "k")).isEqualTo("two");
    }

    @Test
    @DisplayName("no call sees in Redis what this process has replaced, not even the first after an outage")
    void read_afterAnOutage_waitsForWhatIsHeld() throws Exception {
        network.set(Fault.RESET);
        hold(mine, PLAIN, "k", "new");
        network.set(Fault.NONE);
        assertThat(getOnceUp(mine, PLAIN, "k")).isEqualTo("new");
    }

    @Test
    void write_losesToANewerOne_andWinsOverAnOlderOne() throws Exception {
        network.set(Fault.CUT);
        put(other, PLAIN, "older", "theirs");
        letDoubtPass();
        hold(mine, PLAIN, "older", "mine");
        hold(mine, PLAIN, "k", "mine");
        letDoubtPass();
        put(other, PLAIN, "k", "theirs");

        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isEqualTo("theirs");
        assertThat(get(other, PLAIN, "older")).isEqualTo("mine");
    }

    @Test
    @DisplayName("a write that was held does not bring back what was deleted, cleared or invalidated since")
    void write_deletedSince_staysDeleted() throws Exception {
        RegionConfig cleared = PLAIN.toBuilder("cleared").build();
        network.set(Fault.CUT);
        hold(mine, PLAIN, "k", "mine");
        hold(mine, PLAIN, "absent", "mine");
        hold(mine, PLAIN, "tagged", "mine", "t");
        hold(mine, cleared, "k", "mine");
        put(other, cleared, "other", "1");
        assertThat(other.delete(PLAIN, List.of("k", "absent"))).isEqualTo(1);
        other.invalidateTags(PLAIN, List.of("t"));
        other.clear(cleared, "");
        letDoubtPass();
        hold(mine, cleared, "later", "mine");

        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isNull();
        assertThat(get(other, PLAIN, "absent")).isNull();
        assertThat(get(other, PLAIN, "tagged")).isNull();
        assertThat(get(other, cleared, "k")).isNull();
        assertThat(get(other, cleared, "later")).isEqualTo("mine");
    }

    @Test
    void deletion_inAnOutage_isMadeUpForUnlessSomethingNewerIsThere() throws Exception {
        put(other, PLAIN, "rewritten", "old");
        network.set(Fault.CUT);
        assertThatThrownBy(() -> mine.delete(PLAIN, List.of("k", "rewritten")))
                .isInstanceOf(TierUnavailableException.class);
        letDoubtPass();
        put(other, PLAIN, "rewritten", "new");

        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isNull();
        assertThat(get(other, PLAIN, "rewritten")).isEqualTo("new");
    }

    @Test
    @DisplayName("an older write of a process that comes back later loses to a deletion that was held too")
    void deletionAndWrite_ofTwoProcesses_endInTheirOrder() throws Exception {
        FaultyProxy longer = new FaultyProxy(server.port());
        RedisTier late = new RedisTier(impatient(longer.uri()), "cs:", System::nanoTime);
        try (longer;
                late) {
            get(late, PLAIN, "k");
            longer.set(Fault.RESET);
            network.set(Fault.RESET);
            hold(late, PLAIN, "k", "late");
            letDoubtPass();
            assertThatThrownBy(() -> mine.delete(PLAIN, List.of("k"))).isInstanceOf(TierUnavailableException.class);

            network.set(Fault.NONE);
            awaitMadeUp();
            longer.set(Fault.NONE);
            assertThat(getOnceUp(late, PLAIN, "k")).isNull();
        }
    }

    @Test
    void invalidations_inAnOutage_areMadeWithTheirOwnTime() throws Exception {
        put(other, PLAIN, "user:1", "old");
        put(other, COPIED, "everywhere", "old", "all");
        network.set(Fault.CUT);
        assertThatThrownBy(() -> mine.invalidateTags(PLAIN, List.of("t"))).isInstanceOf(TierUnavailableException.class);
        assertThatThrownBy(() -> mine.invalidateTags(null, List.of("all")))
                .isInstanceOf(TierUnavailableException.class);
        assertThatThrownBy(() -> mine.invalidatePrefix(PLAIN, "user:")).isInstanceOf(TierUnavailableException.class);
        letDoubtPass();
        put(other, PLAIN, "since", "new", "t");
        put(other, PLAIN, "user:2", "new");
        assertThat(get(other, PLAIN, "k")).isEqualTo("old");

        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isNull();
        assertThat(get(other, PLAIN, "user:1")).isNull();
        assertThat(get(other, COPIED, "everywhere")).isNull();
        assertThat(get(other, PLAIN, "since")).isEqualTo("new");
        assertThat(get(other, PLAIN, "user:2")).isEqualTo("new");
    }

    @Test
    void clear_inAnOutage_isMadeUpFor() throws Exception {
        network.set(Fault.CUT);
        assertThat(mine.clear(PLAIN, "").failure()).isNotNull();
        letDoubtPass();
        put(other, PLAIN, "since", "new");
        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isNull();
        assertThat(get(other, PLAIN, "since")).isEqualTo("new");
    }

    @Test
    @DisplayName("more than is held: the region's older entries are invalidated, so that nothing stale is left")
    void writes_beyondTheBound_becomeAnInvalidation() throws Exception {
        RedisConfig config = impatient(network.uri());
        RedisTier small =
                new RedisTier(config.withOutage(config.outage().withHeld(3, 1_000_000)), "cs:", System::nanoTime);
        try (small) {
            put(other, PLAIN, "k3", "old");
            put(other, COPIED, "k", "kept");
            network.set(Fault.RESET);
            for (int i = 0; i < 4; i++) {
                hold(small, PLAIN, "k" + i, "new");
            }
            letDoubtPass();
            hold(small, PLAIN, "after", "new");
            assertThat(details(small)).containsEntry("givenUpWrites", "4").containsEntry("heldWrites", "2");

            network.set(Fault.NONE);
            assertThat(getOnceUp(small, PLAIN, "k3")).isNull();
            assertThat(get(small, PLAIN, "after")).isEqualTo("new");
            assertThat(get(small, COPIED, "k")).isEqualTo("kept");
        }
    }

    @Test
    void bytes_beyondTheBound_becomeAnInvalidation() throws Exception {
        RedisConfig config = impatient(network.uri());
        RedisTier small =
                new RedisTier(config.withOutage(config.outage().withHeld(1_000, 5_000)), "cs:", System::nanoTime);
        try (small) {
            network.set(Fault.RESET);
            hold(small, PLAIN, "k", "x".repeat(6_000));
            assertThat(details(small)).containsEntry("givenUpWrites", "1").containsEntry("heldBytes", "0");
            network.set(Fault.NONE);
            assertThat(getOnceUp(small, PLAIN, "k")).isNull();
        }
    }

    @Test
    @DisplayName("what a server ran after its caller gave it up is removed: it may have replaced something newer")
    void write_thatRanLate_isRemoved() throws Exception {
        network.set(Fault.CUT);
        hold(mine, PLAIN, "k", "first");
        runByTheServer("first", 3_600_000);
        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isNull();
    }

    @Test
    void write_thatRanInTimeWithoutAnAnswer_isKept() throws Exception {
        network.set(Fault.CUT);
        hold(mine, PLAIN, "k", "first");
        // of the hour that it is kept, some time has passed since
        runByTheServer("first", 3_590_000);
        network.set(Fault.NONE);
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isEqualTo("first");
    }

    /** As a put that was sent 100 ms ago. */
    private void runByTheServer(String value, long left) {
        long created = (other.nowMillis() - 100) * 1_000;
        byte[] envelope = EnvelopeFormat.stamped(write("k", value).envelope(), created, created / 1_000 + 3_600_000);
        try (RedisClient client = server.client()) {
            client.set(Wire.bytes("cs:plain:k"), envelope, SetParams.setParams().px(left));
        }
    }

    @Test
    void write_toAPausedServerAndAgain_neverEndsAsTheFirst() throws Exception {
        server.pause();
        hold(mine, PLAIN, "k", "first");
        hold(mine, PLAIN, "k", "second");
        server.resume();
        awaitMadeUp();
        assertThat(get(other, PLAIN, "k")).isIn("second", null);
    }

    @Test
    void write_whoseAnswerWasLost_isMadeOnce() throws Exception {
        network.set(Fault.NO_ANSWERS);
        hold(mine, PLAIN, "k", "mine");
        Eventually.await("it arrived", () -> "mine".equals(get(other, PLAIN, "k")));
        network.set(Fault.NONE);
        assertThat(getOnceUp(mine, PLAIN, "k")).isEqualTo("mine");
    }

    @Test
    void conditionsAndCounters_areNotHeld() throws Exception {
        network.set(Fault.RESET);
        assertThatThrownBy(() -> mine.put(PLAIN, List.of(write("c", "1")), PutCondition.IF_ABSENT))
                .isInstanceOf(TierUnavailableException.class);
        assertThatThrownBy(() -> mine.increment(PLAIN, "n", 1)).isInstanceOf(TierUnavailableException.class);
        assertThatThrownBy(() -> mine.expire(PLAIN, "k", 1)).isInstanceOf(TierUnavailableException.class);
        assertThat(details(mine)).containsEntry("heldWrites", "0");
    }

    @Test
    @DisplayName("what Redis refuses does not keep every other call away")
    void write_refusedWhenMadeUpFor_isGivenUpAndTheOldValueWithIt() throws Exception {
        put(other, PLAIN, "untouched", "1");
        network.set(Fault.RESET);
        hold(mine, PLAIN, "k", "new");
        try (RedisClient client = server.client()) {
            client.configSet("maxmemory", "1");
            network.set(Fault.NONE);
            assertThat(getOnceUp(mine, PLAIN, "untouched")).isEqualTo("1");
            assertThat(get(mine, PLAIN, "k")).isNull();
        }
    }

    @Test
    void write_pastItsDeadline_isNotMade() throws Exception {
        network.set(Fault.RESET);
        try {
            mine.put(PLAIN, List.of(write("k", "short", 1)), PutCondition.ALWAYS);
        } catch (TierUnavailableException expected) {
            network.set(Fault.NONE);
        }
        assertThat(getOnceUp(mine, PLAIN, "k")).isNull();
    }

    @Test
    void close_withSomethingHeld_triesOnceMore() throws Exception {
        RedisTier closing = new RedisTier(RedisConfig.of(network.uri()), "cs:", System::nanoTime);
        put(closing, PLAIN, "x", "1");
        network.set(Fault.RESET);
        hold(closing, PLAIN, "k", "new");
        network.set(Fault.NONE);
        closing.close();
        assertThat(get(other, PLAIN, "k")).isEqualTo("new");
    }
}
