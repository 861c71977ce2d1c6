package io.cachemigrator.cache.tier.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.Eventually;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shorthand for tests that talk to the tier itself. */
final class TestTiers {
    static final RegionConfig PLAIN =
            RegionConfig.builder("plain").tiers(TierPolicy.REDIS).build();
    static final RegionConfig COPIED =
            RegionConfig.builder("copied").tiers(TierPolicy.MEMORY_REDIS).build();

    private TestTiers() {}

    /** Timeouts and pauses that let a test see an outage and its end soon. */
    static RedisConfig impatient(String uri) {
        RedisConfig config = RedisConfig.of(uri);
        return config.withTimeouts(Duration.ofMillis(500), Duration.ofMillis(600))
                .withOutage(config.outage().withBreaker(3, Duration.ofMillis(100)));
    }

    static EntryWrite write(String id, String value, String... tags) {
        return write(id, value, 3_600_000, tags);
    }

    static EntryWrite write(String id, String value, long ttlMillis, String... tags) {
        Envelope envelope =
                Envelope.of(Envelope.CODEC_TEXT, value.getBytes(UTF_8)).withTags(List.of(tags));
        return new EntryWrite(id, EnvelopeFormat.encode(envelope), ttlMillis);
    }

    static void put(RedisTier tier, RegionConfig region, String id, String value, String... tags)
            throws TierUnavailableException {
        tier.put(region, List.of(write(id, value, tags)), PutCondition.ALWAYS);
    }

    /** Puts while Redis does not answer. */
    static void hold(RedisTier tier, RegionConfig region, String id, String value, String... tags) {
        try {
            put(tier, region, id, value, tags);
        } catch (TierUnavailableException expected) {
            return;
        }
        throw new AssertionError("Redis answers");
    }

    static @Nullable String get(RedisTier tier, RegionConfig region, String id) throws Exception {
        byte @Nullable [] stored = tier.getAll(region, List.of(id)).get(id);
        return stored == null ? null : new String(EnvelopeFormat.decode(stored).payload(), UTF_8);
    }

    /** The first answer after an outage. */
    static @Nullable String getOnceUp(RedisTier tier, RegionConfig region, String id) throws Exception {
        String[] value = new String[1];
        Eventually.await("Redis answers", () -> {
            try {
                value[0] = get(tier, region, id);
                return true;
            } catch (TierUnavailableException down) {
                return false;
            }
        });
        return value[0];
    }
}
