package io.cachemigrator.cache.tier.redis;

import static io.cachemigrator.cache.tier.redis.TestTiers.PLAIN;
import static io.cachemigrator.cache.tier.redis.TestTiers.get;
import static io.cachemigrator.cache.tier.redis.TestTiers.put;
import static io.cachemigrator.cache.tier.redis.TestTiers.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Tags and prefixes on Redis. */
@Tag("SVC-7")
class InvalidationTest {
    private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

    private final EmbeddedRedis server = new EmbeddedRedis();
    private final RedisTier mine = new RedisTier(RedisConfig.of(server.uri()), "cs:", System::nanoTime);
    private final RedisTier other = new RedisTier(RedisConfig.of(server.uri()), "cs:", System::nanoTime);

    @AfterEach
    void close() {
        mine.close();
        other.close();
        server.close();
    }

    private void fill(int entries) throws Exception {
        List<EntryWrite> writes = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            writes.add(write("k" + i, "v", "all", "group:" + i % 10));
            if (writes.size() == 500 || i == entries - 1) {
                mine.put(PLAIN, writes, PutCondition.ALWAYS);
                writes.clear();
            }
        }
    }

    /** The commands that the server has run, those of scripts included. */
    private long commands() {
        try (RedisClient client = server.client()) {
            Matcher each = CALLS.matcher(client.info("commandstats"));
            long calls = 0;
            while (each.find()) {
                boolean ours = !each.group(1).matches("info|hello|client.*|auth|select");
                calls += ours ? Long.parseLong(each.group(2)) : 0;
            }
            return calls;
        }
    }

    private long invalidationsCost() throws Exception {
        long before = commands();
        mine.invalidateTags(PLAIN, List.of("all"));
        mine.invalidateTags(null, List.of("group:1"));
        mine.invalidatePrefix(PLAIN, "k1");
        return commands() - before;
    }

    @Test
    @DisplayName("the number of commands does not depend on the number of entries")
    void invalidation_ofManyEntries_takesAsManyCommandsAsOfFew() throws Exception {
        fill(100);
        invalidationsCost();
        long few = invalidationsCost();
        fill(20_000);
        assertThat(invalidationsCost()).isEqualTo(few).isLessThan(40);
        assertThat(get(other, PLAIN, "k7")).isNull();
        assertThat(get(other, PLAIN, "k19999")).isNull();
        try (RedisClient client = server.client()) {
            assertThat(client.dbSize()).isGreaterThan(20_000);
        }
    }

    @Test
    @DisplayName("clients whose clocks are hours off agree, as the server's clock counts")
    void invalidation_byClientsWithWrongClocks_isRightForAll() {
        try (CacheService early = service(Duration.ofHours(-5));
                CacheService late = service(Duration.ofHours(5))) {
            early.region("r", String.class).put("a", "1", WriteOptions.DEFAULTS.withTags("t"));
            late.region("r", String.class).put("b", "1", WriteOptions.DEFAULTS.withTags("t"));
            assertThat(late.region("r", String.class).find("a")).contains("1");
            early.invalidateTags(List.of("t"));
            for (CacheService each : List.of(early, late)) {
                assertThat(each.region("r", String.class).find("a")).isEmpty();
                assertThat(each.region("r", String.class).find("b")).isEmpty();
            }
            late.region("r", String.class).put("a", "2", WriteOptions.DEFAULTS.withTags("t"));
            early.region("r", String.class).put("b", "2", WriteOptions.DEFAULTS.withTags("t"));
            late.region("r", String.class).invalidatePrefix("a");
            for (CacheService each : List.of(early, late)) {
                assertThat(each.region("r", String.class).find("a")).isEmpty();
                assertThat(each.region("r", String.class).find("b")).contains("2");
            }
        }
    }

    private CacheService service(Duration offset) {
        return CacheService.open(CacheConfig.builder()
                .redisUri(server.uri())
                .clock(Clock.offset(Clock.systemUTC(), offset))
                .defaults(
                        RegionConfig.builder("default").tiers(TierPolicy.REDIS).build())
                .build());
    }

    @Test
    @DisplayName("an invalidation hits what its caller has seen, even if that came from a server whose clock was ahead")
    void invalidation_onAServerThatIsBehind_hitsWhatWasSeen() throws Exception {
        put(other, PLAIN, "k", "v", "t");
        try (RedisClient client = server.client()) {
            // as the server before this one stamped it, by a clock ten seconds ahead
            byte[] key = Wire.bytes("cs:plain:k");
            long ahead = (System.currentTimeMillis() + 10_000) * 1_000;
            client.setrange(key, 12, ByteBuffer.allocate(8).putLong(ahead).array());
        }
        assertThat(get(mine, PLAIN, "k")).isEqualTo("v");
        mine.invalidateTags(PLAIN, List.of("t"));
        assertThat(get(other, PLAIN, "k")).isNull();
        put(other, PLAIN, "k", "new", "t");
        assertThat(get(mine, PLAIN, "k")).isEqualTo("new");
    }

    @Test
    void write_afterAnInvalidationOfAnotherProcess_isSeenAtOnce() throws Exception {
        put(mine, PLAIN, "k", "old", "t");
        get(other, PLAIN, "k");
        for (int i = 0; i < 50; i++) {
            mine.invalidateTags(PLAIN, List.of("t"));
            put(other, PLAIN, "k", "v" + i, "t");
            assertThat(get(mine, PLAIN, "k")).isEqualTo("v" + i);
        }
    }
}
