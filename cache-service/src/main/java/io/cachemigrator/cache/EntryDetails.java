package io.cachemigrator.cache;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry with everything that is kept beside its value.
 *
 * @param region region's name
 * @param id id in the region
 * @param codec codec number of the envelope
 * @param tier name of the tier that answered: {@code memory}, {@code disk} or {@code redis}
 * @param payload decoded payload bytes: decompressed and decrypted, not yet read by the codec
 * @param nullValue whether the entry holds a null
 * @param migrated whether a copy wrote it rather than the application
 * @param created when it was written
 * @param deadline when it expires; null when it does not
 * @param tags its tags, in the order given
 * @param metadata its metadata, sorted by key
 */
@SuppressWarnings("ArrayRecordComponent") // a read-only snapshot for tools; never compared
public record EntryDetails(
        String region,
        String id,
        int codec,
        String tier,
        byte[] payload,
        boolean nullValue,
        boolean migrated,
        Instant created,
        @Nullable Instant deadline,
        List<String> tags,
        Map<String, String> metadata) {}
