package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of a put, by the estimate of the server's clock.
 *
 * @param createdMicros later than every invalidation that is known
 * @param nowMillis what times to live count from
 */
record Stamp(long createdMicros, long nowMillis) {

    /** The envelopes with their times. */
    List<byte[]> on(List<EntryWrite> entries) {
        List<byte[]> stamped = new ArrayList<>(entries.size());
        for (EntryWrite entry : entries) {
            stamped.add(EnvelopeFormat.stamped(
                    entry.envelope(), createdMicros, EntryWrite.deadline(nowMillis, entry.ttlMillis())));
        }
        return stamped;
    }

    /** For how many milliseconds an entry is kept, from the moment when it is stored; -1 = for good. */
    static long life(RegionConfig region, long ttlMillis) {
        return ttlMillis < 0 ? -1 : ttlMillis + region.staleAllowance().toMillis();
    }
}
