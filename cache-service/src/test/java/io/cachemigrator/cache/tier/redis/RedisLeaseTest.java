package io.cachemigrator.cache.tier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The right to load an entry, across processes. */
@Tag("SVC-5")
class RedisLeaseTest {
    private static final long MINUTE = 60_000;

    private final RegionConfig region = RegionConfig.builder("r").build();
    private final EmbeddedRedis server = new EmbeddedRedis();
    private final RedisTier tier = new RedisTier(RedisConfig.of(server.uri()), "cs:", System::nanoTime);

    @AfterEach
    void close() {
        tier.close();
        server.close();
    }

    @Test
    void lease_whileHeld_isRefusedToOthersAndRenewedForItsOwner() throws Exception {
        assertThat(tier.lease(region, "k", "ann", 1_000)).isTrue();
        assertThat(tier.lease(region, "k", "bob", MINUTE)).isFalse();
        assertThat(tier.lease(region, "other", "bob", MINUTE)).isTrue();

        assertThat(tier.lease(region, "k", "ann", MINUTE)).isTrue();
        try (RedisClient client = server.client()) {
            assertThat(client.pttl("cs:!lease:r:k")).isBetween(50_000L, MINUTE);
        }
    }

    @Test
    void release_byItsOwnerOnly_freesIt() throws Exception {
        tier.lease(region, "k", "ann", MINUTE);
        tier.release(region, "k", "bob");
        assertThat(tier.lease(region, "k", "bob", MINUTE)).isFalse();
        tier.release(region, "k", "ann");
        assertThat(tier.lease(region, "k", "bob", MINUTE)).isTrue();
    }

    @Test
    void lease_ofAnOwnerThatDied_isLost() throws Exception {
        tier.lease(region, "k", "ann", MINUTE);
        try (RedisClient client = server.client()) {
            client.pexpireAt("cs:!lease:r:k", 1);
        }
        assertThat(tier.lease(region, "k", "bob", MINUTE)).isTrue();
        tier.release(region, "k", "ann");
        assertThat(tier.lease(region, "k", "ann", MINUTE)).isFalse();
    }
}
