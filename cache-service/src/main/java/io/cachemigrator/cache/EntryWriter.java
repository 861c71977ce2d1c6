package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.envelope.PayloadSeal;
import io.cachemigrator.cache.tier.EntryWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes entries of values, as a region's configuration and the caller's options say. */
final class EntryWriter<V> {
    /** Longer times to live count as none: their deadline would leave the calendar. */
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private final RegionConfig config;
    private final PayloadSeal seal;
    private final Codec<V> codec;

    EntryWriter(RegionConfig config, PayloadSeal seal, Codec<V> codec) {
        this.config = config;
        this.seal = seal;
        this.codec = codec;
    }

    /** The entry, or null when its value is too large. */
    @Nullable
    EntryWrite write(String id, @Nullable V value, WriteOptions options) {
        byte[] payload = value == null ? new byte[0] : codec.encode(value);
        if (payload.length > config.maxValueBytes()) {
            return null;
        }
        long ttl = ttlMillis(options.ttl());
        int flags = value == null ? Envelope.NULL : 0;
        Map<String, String> metadata = Texts.metadata(options.metadata());
        if (config.sliding() && ttl != EntryWrite.NO_EXPIRY) {
            flags |= Envelope.SLIDING;
            metadata = new HashMap<>(metadata);
            metadata.put(Envelope.IDLE_KEY, Long.toString(ttl));
        }
        List<String> tags = tags(options);
        Envelope envelope = new Envelope(
                codec.id(),
                Envelope.UNCOMPRESSED,
                Envelope.UNENCRYPTED,
                flags,
                0,
                Envelope.NO_DEADLINE,
                tags,
                metadata,
                payload);
        return new EntryWrite(id, EnvelopeFormat.encode(seal.seal(id, envelope)), ttl);
    }

    /** The region's own tags, then the caller's. */
    private List<String> tags(WriteOptions options) {
        if (config.tags().isEmpty()) {
            return Texts.tags(options.tags());
        }
        List<String> both = new ArrayList<>(config.tags());
        both.addAll(options.tags());
        return Texts.tags(both);
    }

    private long ttlMillis(@Nullable Duration asked) {
        @Nullable Duration ttl = asked == null ? config.defaultTtl() : asked;
        if (ttl == null || ttl.compareTo(LONGEST) > 0) {
            return EntryWrite.NO_EXPIRY;
        }
        long millis = roundedUp(ttl);
        if (config.jitter() > 0) {
            millis -= (long)
                    (millis * config.jitter() * ThreadLocalRandom.current().nextDouble());
        }
        return Math.max(1, millis);
    }

    /** A time to live in whole milliseconds, never shorter than asked. */
    static long roundedUp(Duration ttl) {
        if (ttl.compareTo(LONGEST) > 0) {
            return EntryWrite.NO_EXPIRY;
        }
        long millis = ttl.toMillis();
        return ttl.equals(Duration.ofMillis(millis)) ? millis : millis + 1;
    }
}
