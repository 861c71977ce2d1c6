package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.TestTiers.COPIED;
import static io.cachemigrator.cache.tier.redis.TestTiers.PLAIN;
import static io.cachemigrator.cache.tier.redis.TestTiers.get;
import static io.cachemigrator.cache.tier.redis.TestTiers.impatient;
import static io.cachemigrator.cache.tier.redis.TestTiers.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisOutageConfig;
import io.cachemigrator.cache.config.RedisTlsConfig;
import io.cachemigrator.cache.config.RedisTopology;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.contract.TlsEntrance;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Ways to a server: TLS, ACL users, URIs. */
@Tag("SVC-3")
class RedisAccessTest {
    @TempDir
    Path folder;

    private final EmbeddedRedis server = new EmbeddedRedis();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tls_withTheRightCertificate_isUsed() throws Exception {
        try (TlsEntrance entrance = new TlsEntrance(folder, "ip:127.0.0.1", server.port())) {
            RedisConfig config = impatient("rediss://127.0.0.1:" + entrance.port());
            RedisConfig trusting = config.withTls(new RedisTlsConfig(entrance.trustStore(), entrance.password()));
            try (RedisTier tier = new RedisTier(trusting, "cs:", System::nanoTime);
                    RedisTier distrustful = new RedisTier(config, "cs:", System::nanoTime)) {
                put(tier, PLAIN, "k", "v");
                assertThat(get(tier, PLAIN, "k")).isEqualTo("v");
                assertThatThrownBy(() -> get(distrustful, PLAIN, "k")).isInstanceOf(TierUnavailableException.class);
            }
            assertThat(trusting.tls())
                    .asString()
                    .contains(entrance.trustStore().toString())
                    .doesNotContain(entrance.password());
        }
    }

    @Test
    void tls_withACertificateForAnotherHost_isRefused() throws Exception {
        try (TlsEntrance entrance = new TlsEntrance(folder, "dns:other.example", server.port())) {
            RedisConfig trusting = impatient("rediss://127.0.0.1:" + entrance.port())
                    .withTls(new RedisTlsConfig(entrance.trustStore(), entrance.password()));
            try (RedisTier tier = new RedisTier(trusting, "cs:", System::nanoTime)) {
                assertThatThrownBy(() -> get(tier, PLAIN, "k")).isInstanceOf(TierUnavailableException.class);
            }
        }
    }

    @Test
    void tls_withoutTheHostNameCheck_takesACertificateForAnotherHost() throws Exception {
        try (TlsEntrance entrance = new TlsEntrance(folder, "dns:other.example", server.port())) {
            RedisConfig lenient = impatient("rediss://127.0.0.1:" + entrance.port())
                    .withTls(new RedisTlsConfig(entrance.trustStore(), entrance.password(), null, null, false));
            RedisConfig untrusting = lenient.withTls(new RedisTlsConfig(null, null, null, null, false));
            try (RedisTier tier = new RedisTier(lenient, "cs:", System::nanoTime);
                    RedisTier distrustful = new RedisTier(untrusting, "cs:", System::nanoTime)) {
                put(tier, PLAIN, "k", "v");
                assertThatThrownBy(() -> get(distrustful, PLAIN, "k")).isInstanceOf(TierUnavailableException.class);
            }
        }
    }

    @Test
    void tls_serverThatAsksForACertificate_admitsThoseWithAKeyStore() throws Exception {
        try (TlsEntrance entrance = new TlsEntrance(folder, "ip:127.0.0.1", server.port(), true)) {
            RedisConfig config = impatient("rediss://127.0.0.1:" + entrance.port());
            RedisTlsConfig known = new RedisTlsConfig(
                    entrance.trustStore(), entrance.password(), entrance.trustStore(), entrance.password(), true);
            RedisTlsConfig nameless = new RedisTlsConfig(entrance.trustStore(), entrance.password());
            try (RedisTier tier = new RedisTier(config.withTls(known), "cs:", System::nanoTime);
                    RedisTier stranger = new RedisTier(config.withTls(nameless), "cs:", System::nanoTime)) {
                put(tier, PLAIN, "k", "v");
                assertThatThrownBy(() -> get(stranger, PLAIN, "k")).isInstanceOf(TierUnavailableException.class);
            }
        }
    }

    @Test
    @DisplayName("the permissions that the documentation names are enough for everything that the tier does")
    void aclUser_withTheDocumentedPermissions_canDoEverything() throws Exception {
        try (RedisClient admin = server.client()) {
            admin.sendCommand(
                    () -> "ACL".getBytes(StandardCharsets.US_ASCII),
                    "SETUSER",
                    "app",
                    "on",
                    ">s3cret",
                    "~cs:*",
                    "+@read",
                    "+@write",
                    "+@scripting",
                    "+@connection",
                    "+info",
                    "+role",
                    "+time");
        }
        HeardChanges changes = new HeardChanges();
        String uri = server.uri().replace("//", "//app:s3cret@");
        RegionConfig indexed = RegionConfig.builder("indexed").tagIndex(true).build();
        try (RedisTier tier = new RedisTier(RedisConfig.of(uri), "cs:", System::nanoTime)) {
            tier.listen(changes);
            Eventually.await("it listens", () -> changes.missedTimes() == 1);
            put(tier, COPIED, "k", "v", "t");
            put(tier, indexed, "k", "v", "t");
            assertThat(tier.increment(COPIED, "n", 1)).isNotNull();
            assertThat(tier.expire(COPIED, "k", 5_000)).isTrue();
            assertThat(tier.invalidateTags(indexed, List.of("t")).entries()).hasValue(1);
            tier.invalidatePrefix(COPIED, "x");
            assertThat(tier.delete(COPIED, List.of("k"))).isEqualTo(1);
            assertThat(tier.scan(COPIED, null, 10).next()).isNull();
            assertThat(tier.clear(COPIED, "").failure()).isNull();
            assertThat(tier.lease(COPIED, "k", "me", 1_000)).isTrue();
            tier.release(COPIED, "k", "me");
            assertThat(tier.health().reason()).isNull();
        }
    }

    @Test
    void uris_tellTopologyHostsAndDatabase() {
        RedisConfig sentinel = RedisConfig.of("rediss-sentinel://u:p%40w@h1,h2:1/mymaster/3");
        assertThat(sentinel.topology()).isEqualTo(RedisTopology.SENTINEL);
        assertThat(sentinel.hosts()).containsExactly("h1:26379", "h2:1");
        assertThat(sentinel.masterName()).isEqualTo("mymaster");
        assertThat(sentinel.database()).isEqualTo(3);
        assertThat(sentinel.isSecured()).isTrue();
        assertThat(sentinel).asString().doesNotContain("p%40w").contains("h1:26379,h2:1/mymaster/3");
        RedisConfig cluster = RedisConfig.of("redis-cluster://h1:7000,h2:7001");
        assertThat(cluster.topology()).isEqualTo(RedisTopology.CLUSTER);
        assertThat(cluster.hosts()).containsExactly("h1:7000", "h2:7001");
        assertThat(RedisConfig.of("redis://[::1]:6380/2").hosts()).containsExactly("[::1]:6380");
    }

    @Test
    void faults_ofUrisAndOutages_nameWhatIsAllowed() {
        assertThat(faults("redis-sentinel://h1,h2")).anyMatch(fault -> fault.contains("names the master"));
        assertThat(faults("redis-cluster://h1/2")).anyMatch(fault -> fault.contains("one database only"));
        assertThat(faults("redis://h1,h2")).anyMatch(fault -> fault.contains("redis-cluster://"));
        assertThat(faults("redis-cluster://u:hunter2@h1:x")).hasSize(1).noneMatch(fault -> fault.contains("hunter2"));
        for (String fine :
                List.of("redis://h", "rediss://u:p@h:1/2", "redis-sentinel://h1,h2/m", "rediss-cluster://h1:1,h2:2/")) {
            assertThat(faults(fine)).isEmpty();
        }
        RedisConfig config = RedisConfig.of("redis://h").withOutage(new RedisOutageConfig(0, Duration.ZERO, -1, -1));
        assertThat(CacheConfig.builder().redis(config).build().faults()).hasSize(4);
    }

    private static List<String> faults(String uri) {
        return CacheConfig.builder().redisUri(uri).build().faults();
    }
}
