package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.TestTiers.COPIED;
import static io.cachemigrator.cache.tier.redis.TestTiers.PLAIN;
import static io.cachemigrator.cache.tier.redis.TestTiers.get;
import static io.cachemigrator.cache.tier.redis.TestTiers.getOnceUp;
import static io.cachemigrator.cache.tier.redis.TestTiers.hold;
import static io.cachemigrator.cache.tier.redis.TestTiers.impatient;
import static io.cachemigrator.cache.tier.redis.TestTiers.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisLogin;
import io.cachemigrator.cache.contract.EmbeddedSentinel;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A master that fails, and the replica that takes its place. */
@Tag("SVC-3")
@Tag("SVC-6")
class SentinelTierTest {

    @Test
    @DisplayName("failover: nothing stale, what was held is made up for on the new master, and followers hear on")
    void failover_isLivedThrough() throws Exception {
        HeardChanges changes = new HeardChanges();
        try (EmbeddedSentinel servers = new EmbeddedSentinel();
                RedisTier mine = new RedisTier(impatient(servers.uri()), "cs:", System::nanoTime);
                RedisTier other = new RedisTier(impatient(servers.uri()), "cs:", System::nanoTime)) {
            other.listen(changes);
            Eventually.await("it listens", () -> changes.missedTimes() > 0);
            other.getAll(COPIED, List.of("any"));
            put(mine, PLAIN, "k", "old");
            put(mine, PLAIN, "kept", "1");
            put(mine, PLAIN, "tagged", "1", "t");
            put(mine, PLAIN, "deleted", "1");
            servers.awaitReplica();

            servers.stopMaster();
            hold(mine, PLAIN, "k", "new");
            assertThatThrownBy(() -> mine.delete(PLAIN, List.of("deleted")))
                    .isInstanceOf(TierUnavailableException.class);
            assertThatThrownBy(() -> mine.invalidateTags(PLAIN, List.of("t")))
                    .isInstanceOf(TierUnavailableException.class);

            Eventually.await(
                    "what was held is made up for",
                    () -> mine.health().details().get("heldWrites").equals("0"));
            assertThat(getOnceUp(other, PLAIN, "k")).isEqualTo("new");
            assertThat(get(other, PLAIN, "kept")).isEqualTo("1");
            assertThat(get(other, PLAIN, "tagged")).isNull();
            assertThat(get(other, PLAIN, "deleted")).isNull();
            put(mine, COPIED, "since", "1");
            Eventually.await(
                    "told of changes on the new master",
                    () -> changes.heard().contains("changed copied [since]") || changes.missedTimes() > 1);
        }
    }

    @Test
    void sentinelsThatAskForALogin_getIt() throws Exception {
        try (EmbeddedSentinel servers = new EmbeddedSentinel()) {
            RedisConfig config = impatient(servers.uri());
            String[] host = config.hosts().get(0).split(":", 2);
            try (Jedis sentinel = new Jedis(host[0], Integer.parseInt(host[1]))) {
                sentinel.aclSetUser("watcher", "on", ">s3cret", "+@all", "~*", "&*");
                sentinel.aclSetUser("default", "resetpass", ">other");
            }
            RedisLogin login = new RedisLogin("watcher", "s3cret");
            try (RedisTier admitted = new RedisTier(config.withSentinelLogin(login), "cs:", System::nanoTime);
                    RedisTier stranger = new RedisTier(config, "cs:", System::nanoTime)) {
                put(admitted, PLAIN, "k", "v");
                assertThat(get(admitted, PLAIN, "k")).isEqualTo("v");
                assertThatThrownBy(() -> get(stranger, PLAIN, "k")).isInstanceOf(TierUnavailableException.class);
            }
        }
    }

    @Test
    void sentinelsDown_isUnavailableAndRefusesNobody() {
        try (RedisTier tier =
                new RedisTier(impatient("redis-sentinel://127.0.0.1:1/mymaster"), "cs:", System::nanoTime)) {
            assertThatThrownBy(() -> get(tier, PLAIN, "k")).isInstanceOf(TierUnavailableException.class);
            assertThat(tier.health().reason()).contains("127.0.0.1:1").contains("mymaster");
        }
    }

    @Test
    void clusterDown_isUnavailable() {
        try (RedisTier tier = new RedisTier(impatient("redis-cluster://127.0.0.1:1"), "cs:", System::nanoTime)) {
            assertThatThrownBy(() -> get(tier, PLAIN, "k")).isInstanceOf(TierUnavailableException.class);
            assertThat(tier.health().reason()).contains("127.0.0.1:1");
        }
    }
}
