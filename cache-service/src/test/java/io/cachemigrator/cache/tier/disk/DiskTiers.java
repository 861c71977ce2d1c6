package io.cachemigrator.cache.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import io.cachemigrator.cache.tier.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What tests of the disk tier do again and again. */
final class DiskTiers {
    private DiskTiers() {}

    static EntryWrite entry(String id, byte[] payload, String... tags) {
        Envelope envelope = Envelope.of(Envelope.CODEC_BYTES, payload);
        Envelope tagged = new Envelope(
                envelope.codec(),
                envelope.compression(),
                envelope.encryption(),
                envelope.flags(),
                envelope.createdMicros(),
                envelope.deadlineMillis(),
                List.of(tags),
                envelope.metadata(),
                payload);
        return new EntryWrite(id, EnvelopeFormat.encode(tagged), EntryWrite.NO_EXPIRY);
    }

    /** Bytes that no compression and no page of zeros could be taken for. */
    static byte[] payload(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static void put(Tier tier, RegionConfig region, String id, byte[] payload) throws Exception {
        assertThat(tier.put(region, List.of(entry(id, payload)), PutCondition.ALWAYS))
                .isInstanceOf(PutResult.Stored.class);
    }

    static byte @Nullable [] get(Tier tier, RegionConfig region, String id) throws Exception {
        byte[] stored = tier.getAll(region, List.of(id)).get(id);
        return stored == null ? null : EnvelopeFormat.decode(stored).payload();
    }

    /** Waits until something is so. */
    static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("gave up waiting").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
