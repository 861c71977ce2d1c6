package io.cachemigrator.cache.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.BulkDeletion;
import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.error.InfrastructureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What only a service over Redis does. */
@Tag("SVC-3")
class RedisServiceTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final EmbeddedRedis redis = open(new EmbeddedRedis());

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(0, resource);
        return resource;
    }

    private CacheService service(TierPolicy policy) {
        return service(redis.uri(), policy, false);
    }

    private CacheService service(String uri, TierPolicy policy, boolean fail) {
        return open(CacheService.open(CacheConfig.builder()
                .redisUri(uri)
                .clock(clock)
                .failOnConnectionError(fail)
                .defaults(RegionConfig.builder("default").tiers(policy).build())
                .region(RegionConfig.builder("indexed").tagIndex(true).build())
                .build()));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Test
    @Tag("SVC-8")
    @DisplayName("one namespace in front of the id, verbatim (defect A-1, case 27)")
    void put_writesTheEnvelopeUnderThePlainKey() throws Exception {
        Region<String> region = service(TierPolicy.REDIS).region("conversations", String.class);
        region.put(
                "conv:whatsapp:+52:2025",
                "v",
                WriteOptions.ttl(Duration.ofSeconds(100)).withTags("t"));

        try (RedisClient client = redis.client()) {
            byte[] key = "cs:conversations:conv:whatsapp:+52:2025".getBytes(UTF_8);
            // the entry, and the log of changes once somebody follows it
            assertThat(client.dbSize()).isBetween(1L, 2L);
            Envelope envelope = EnvelopeFormat.decode(client.get(key));
            long serverMicros = envelope.createdMicros();
            assertThat(envelope.payload()).isEqualTo("v".getBytes(UTF_8));
            assertThat(envelope.codec()).isEqualTo(Envelope.CODEC_TEXT);
            assertThat(envelope.deadlineMillis()).isEqualTo(serverMicros / 1_000 + 100_000);
            assertThat(client.pttl(key)).isBetween(90_000L, 100_000L);
        }
    }

    @Test
    @Tag("SVC-1")
    @DisplayName("bulk operations take one command (defect A-8, case 14)")
    void bulkOperations_takeOneRoundTrip() {
        Region<String> region = service(TierPolicy.REDIS).region("r", String.class);
        region.put("warm", "up");
        region.lookup("warm");
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            values.put("k" + i, "v" + i);
        }
        long gets = redis.calls("get");
        long scripts = redis.calls("evalsha");

        region.putAll(values, WriteOptions.DEFAULTS);
        assertThat(redis.calls("evalsha") - scripts).isEqualTo(1);
        long lookups = redis.calls("mget");
        assertThat(region.findAll(values.keySet())).isEqualTo(values);
        assertThat(redis.calls("mget") - lookups).isEqualTo(1);
        assertThat(region.deleteAll(values.keySet())).isEqualTo(new BulkDeletion(50, true));
        assertThat(redis.calls("evalsha") - scripts).isEqualTo(2);
        assertThat(redis.calls("keys")).isZero();
        assertThat(gets).isLessThanOrEqualTo(redis.calls("get"));
    }

    @Test
    @Tag("SVC-7")
    void lookup_afterInvalidation_fetchesRecordsOncePerInvalidation() {
        Region<String> region = service(TierPolicy.REDIS).region("r", String.class);
        region.put("a", "1", WriteOptions.DEFAULTS.withTags("x"));
        region.invalidateTags(List.of("other"));
        region.lookup("a");
        long lookups = redis.calls("mget");

        for (int i = 0; i < 10; i++) {
            assertThat(region.find("a")).contains("1");
        }
        assertThat(redis.calls("mget") - lookups).isEqualTo(10);
    }

    @Test
    void operations_afterScriptFlush_work() {
        Region<Long> region = service(TierPolicy.REDIS).region("r", Long.class);
        region.increment("n", 1);
        try (RedisClient client = redis.client()) {
            client.scriptFlush();
        }
        assertThat(region.increment("n", 1)).isEqualTo(new CounterResult.Counted(2));
    }

    @Test
    @Tag("SVC-6")
    @DisplayName(
            "an outage is unavailable, not a miss; the breaker opens and closes again (defects A-11, E-5, E-14; cases 19, 20)")
    void outage_isUnavailableUntilTheServerIsBack() {
        CacheService service = service(TierPolicy.REDIS);
        Region<String> region = service.region("r", String.class);
        region.put("k", "v");
        redis.stop();

        assertThat(region.lookup("k")).isInstanceOf(Lookup.Unavailable.class);
        assertThat(region.put("k", "w")).isEqualTo(WriteOutcome.UNAVAILABLE);
        assertThat(region.increment("n", 1)).isInstanceOf(CounterResult.Unavailable.class);
        assertThat(region.deleteAll(List.of("k"))).isEqualTo(new BulkDeletion(0, false));
        assertThat(region.clear()).isEqualTo(new ClearOutcome(0, false));
        assertThat(region.exists("k")).isFalse();
        assertThat(region.expire("k", Duration.ofSeconds(5))).isEqualTo(WriteOutcome.UNAVAILABLE);
        assertThat(region.invalidateTags(List.of("t")).recorded()).isFalse();
        assertThat(region.delete("k")).isEqualTo(WriteOutcome.UNAVAILABLE);
        assertThat(region.statistics().misses()).isZero();
        assertThat(region.statistics().unavailable()).isEqualTo(9);
        assertThat(region.statistics().tiers().get("redis").errors()).isEqualTo(9);
        CacheHealth.TierHealth health = service.health().tiers().get("redis");
        assertThat(health.status()).isEqualTo(CacheHealth.Status.DOWN);
        assertThat(health.details()).containsEntry("circuitBreaker", "OPEN");

        redis.start();
        clock.advance(Duration.ofSeconds(29));
        assertThat(region.lookup("k")).isInstanceOf(Lookup.Unavailable.class);
        assertThat(service.health().tiers().get("redis").status()).isEqualTo(CacheHealth.Status.DEGRADED);
        clock.advance(Duration.ofSeconds(2));
        assertThat(region.lookup("k")).isInstanceOf(Lookup.Absent.class);
        assertThat(region.put("k", "v")).isEqualTo(WriteOutcome.STORED);
        assertThat(service.health().isHealthy()).isTrue();
    }

    @Test
    @Tag("SVC-6")
    @DisplayName("restart between two calls: no failure is seen (defect E-5)")
    void lookup_afterServerRestart_reconnects() throws Exception {
        Region<String> region = service(TierPolicy.REDIS).region("r", String.class);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<WriteOutcome> put = () -> region.put("k", "v");
        for (Future<WriteOutcome> outcome : threads.invokeAll(Collections.nCopies(8, put))) {
            assertThat(outcome.get()).isEqualTo(WriteOutcome.STORED);
        }
        threads.shutdown();
        redis.stop();
        redis.start();

        assertThat(region.lookup("k")).isInstanceOf(Lookup.Absent.class);
        assertThat(region.put("k", "v")).isEqualTo(WriteOutcome.STORED);
    }

    @Test
    @Tag("SVC-6")
    @DisplayName("server down at start, up later (defect E-4, case 44)")
    void open_withServerDown_worksOnceItIsUp() {
        redis.stop();
        Region<String> region = service(TierPolicy.REDIS).region("r", String.class);
        assertThat(region.lookup("k")).isInstanceOf(Lookup.Unavailable.class);
        redis.start();
        assertThat(region.put("k", "v")).isEqualTo(WriteOutcome.STORED);
    }

    @Test
    @Tag("SVC-6")
    @DisplayName("bad values and damaged entries are no outage (defects E-12, E-16; case 22)")
    void faultsOfValues_leaveTheBreakerClosed() {
        CacheService service = service(TierPolicy.REDIS);
        Region<Object> region = service.region("r", Object.class);
        try (RedisClient client = redis.client()) {
            client.set("cs:r:text", "plain text");
        }
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> region.put("k", Instant.EPOCH)).hasMessageStartingWith("CM-603");
            assertThat(region.lookup("text")).isInstanceOf(Lookup.Undecodable.class);
        }
        assertThat(service.health().tiers().get("redis").details()).containsEntry("circuitBreaker", "CLOSED");
        assertThat(region.statistics().hits()).isZero();
        assertThat(region.statistics().undecodable()).isEqualTo(10);
    }

    @Test
    @Tag("SVC-11")
    void failOnConnectionError_throwsWithoutSecrets() {
        redis.stop();
        String uri = redis.uri().replace("redis://", "redis://ann:hunter2@");
        Region<String> region = service(uri, TierPolicy.REDIS, true).region("r", String.class);

        assertThatThrownBy(() -> region.lookup("k"))
                .isInstanceOf(InfrastructureException.class)
                .hasMessageStartingWith("CM-604")
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> region.put("k", "v")).isInstanceOf(InfrastructureException.class);
        assertThatThrownBy(() -> region.increment("k", 1)).isInstanceOf(InfrastructureException.class);
        assertThatThrownBy(() -> region.exists("k")).isInstanceOf(InfrastructureException.class);
    }

    @Test
    @DisplayName("passwords work, wrong ones are refused and never shown (defect E-6, cases 45, 59)")
    void password_isUsedAndNeverShown() {
        EmbeddedRedis secured = open(new EmbeddedRedis("requirepass s3cret"));
        Region<String> right = service(secured.uri().replace("//", "//:s3cret@"), TierPolicy.REDIS, false)
                .region("r", String.class);
        assertThat(right.put("k", "v")).isEqualTo(WriteOutcome.STORED);

        CacheService wrong = service(secured.uri().replace("//", "//:wr0ng@"), TierPolicy.REDIS, false);
        for (int i = 0; i < 6; i++) {
            assertThat(wrong.region("r", String.class).lookup("k")).isInstanceOf(Lookup.Unavailable.class);
        }
        CacheHealth.TierHealth health = wrong.health().tiers().get("redis");
        assertThat(health.reason()).contains("WRONGPASS").doesNotContain("wr0ng");
        assertThat(health.details()).containsEntry("circuitBreaker", "CLOSED");
        assertThat(health.toString()).doesNotContain("wr0ng");
        assertThat(wrong.config().toString()).doesNotContain("wr0ng");
    }

    @Test
    void database_ofTheUri_isUsed() {
        service(redis.uri() + "/3", TierPolicy.REDIS, false)
                .region("r", String.class)
                .put("k", "v");
        try (RedisClient client = redis.client()) {
            assertThat(client.dbSize()).isZero();
            assertThat(client.info("keyspace")).contains("db3:keys=");
        }
    }

    @Test
    void entryOfAnotherType_countsAsThere() {
        Region<String> region = service(TierPolicy.REDIS).region("r", String.class);
        try (RedisClient client = redis.client()) {
            client.hset("cs:r:hash", "f", "v");
        }
        assertThat(region.exists("hash")).isTrue();
        assertThat(region.increment("hash", 1)).isInstanceOf(CounterResult.Refused.class);
        assertThat(region.put("hash", "v", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
        assertThat(region.delete("hash")).isEqualTo(WriteOutcome.STORED);
    }

    @Test
    @DisplayName("a tombstone hides, loses to a write and survives a delete")
    void tombstone_countsAsAbsent() throws Exception {
        Region<String> region = service(TierPolicy.REDIS).region("r", String.class);
        byte[] tombstone = EnvelopeFormat.encode(Envelope.tombstone(1, Long.MAX_VALUE));
        byte[] key = "cs:r:k".getBytes(UTF_8);
        try (RedisClient client = redis.client()) {
            client.set(key, tombstone);
            assertThat(region.lookup("k")).isInstanceOf(Lookup.Absent.class);
            assertThat(region.exists("k")).isFalse();
            assertThat(region.delete("k")).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
            assertThat(client.get(key)).isEqualTo(tombstone);
            assertThat(region.expire("k", Duration.ofSeconds(5))).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
            assertThat(region.put("k", "v", WriteOptions.ifPresent())).isEqualTo(WriteOutcome.CONDITION_NOT_MET);
            assertThat(region.put("k", "v", WriteOptions.ifAbsent())).isEqualTo(WriteOutcome.STORED);
        }
    }

    @Test
    @DisplayName("every change by the application clears the mark of a copy")
    void migratedEntry_losesItsMarkWhenChanged() {
        Region<String> region = service(TierPolicy.REDIS).region("r", String.class);
        byte[] migrated = EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_JSON, "41".getBytes(UTF_8))
                .withFlags(Envelope.MIGRATED)
                .withCreated(1)
                .withTags(List.of("a", "b"))
                .withMetadata(Map.of("k", "v", "l", "w".repeat(300))));
        try (RedisClient client = redis.client()) {
            for (String id : List.of("read", "counted", "expired")) {
                client.set(("cs:r:" + id).getBytes(UTF_8), migrated);
            }
        }
        assertThat(region.describe("read").migrated()).isTrue();
        assertThat(region.increment("counted", 1)).isEqualTo(new CounterResult.Counted(42));
        assertThat(region.describe("counted").migrated()).isFalse();
        assertThat(region.describe("counted").metadata()).containsEntry("l", "w".repeat(300));
        region.expire("expired", Duration.ofSeconds(100));
        assertThat(region.describe("expired").migrated()).isFalse();
        assertThat(region.describe("expired").payload()).asString().isEqualTo("41");
    }

    @Test
    @Tag("SVC-7")
    @DisplayName("a tag's index expires with its longest-lived member (defect C-10)")
    void tagIndex_expiresWithTheNewestMember() {
        Region<String> region = service(TierPolicy.REDIS).region("indexed", String.class);
        try (RedisClient client = redis.client()) {
            region.put("a", "1", WriteOptions.ttl(Duration.ofSeconds(10)).withTags("t"));
            assertThat(client.pttl("cs:{!}index:indexed:t")).isBetween(1L, 10_000L);
            region.put("b", "1", WriteOptions.ttl(Duration.ofSeconds(100)).withTags("t"));
            region.put("c", "1", WriteOptions.ttl(Duration.ofSeconds(20)).withTags("t"));
            assertThat(client.pttl("cs:{!}index:indexed:t")).isBetween(90_000L, 100_000L);
            region.persist("c");
            assertThat(client.pttl("cs:{!}index:indexed:t")).isEqualTo(-1);
            assertThat(region.invalidateTags(List.of("t")).entries()).hasValue(3);
            assertThat(client.exists("cs:{!}index:indexed:t")).isFalse();
        }
    }

    @Test
    @Tag("SVC-6")
    @DisplayName("memory copies answer alone for two seconds, and while the server is down")
    void memoryCopies_areTrustedBrieflyAndServeInAnOutage() throws Exception {
        Region<String> mine = service(TierPolicy.MEMORY_REDIS).region("r", String.class);
        Region<String> other = service(TierPolicy.MEMORY_REDIS).region("r", String.class);
        mine.put("k", "old");
        // copies are trusted once this process hears of the changes by others
        Eventually.await("the copy answers alone", () -> {
            long lookups = redis.calls("mget");
            assertThat(mine.find("k")).contains("old");
            return redis.calls("mget") == lookups;
        });

        other.put("k", "new");
        clock.advance(Duration.ofSeconds(2));
        assertThat(mine.find("k")).contains("new");
        other.delete("k");
        clock.advance(Duration.ofSeconds(2));
        assertThat(mine.lookup("k")).isInstanceOf(Lookup.Absent.class);

        // what is still to be heard of the other's changes concerns another id
        mine.put("kept", "kept");
        redis.stop();
        clock.advance(Duration.ofSeconds(5));
        assertThat(mine.find("kept")).contains("kept");
        assertThat(mine.lookup("unknown")).isInstanceOf(Lookup.Unavailable.class);
        assertThat(mine.put("kept", "lost")).isEqualTo(WriteOutcome.UNAVAILABLE);
        assertThat(mine.lookup("kept")).isInstanceOf(Lookup.Unavailable.class);
    }

    @Test
    @Tag("SVC-9")
    @DisplayName("health names version, memory, clients and latency (defect A-15)")
    void health_namesTheServersFacts() {
        CacheHealth.TierHealth health =
                service(TierPolicy.REDIS).health().tiers().get("redis");

        assertThat(health.status()).isEqualTo(CacheHealth.Status.UP);
        assertThat(health.latency()).isPositive();
        assertThat(health.details())
                .containsKeys("version", "usedMemory", "clients", "evictionPolicy")
                .containsEntry("server", redis.uri());
    }

    @Test
    @Tag("SVC-6")
    void put_withServerFull_isUnavailableWithReason() {
        CacheService service = service(TierPolicy.REDIS);
        Region<String> region = service.region("r", String.class);
        region.put("k", "v");
        try (RedisClient client = redis.client()) {
            client.configSet("maxmemory", "1");
        }
        for (int i = 0; i < 6; i++) {
            assertThat(region.put("k", "w")).isEqualTo(WriteOutcome.UNAVAILABLE);
        }
        assertThat(region.increment("n", 1)).isEqualTo(new CounterResult.Unavailable(redis.uri() + " refused: OOM"));
        assertThat(region.find("k")).contains("v");
        assertThat(service.health().tiers().get("redis").details()).containsEntry("circuitBreaker", "CLOSED");
    }
}
