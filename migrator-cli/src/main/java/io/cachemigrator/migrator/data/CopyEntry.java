package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.Translation;

/**
 * An entry to write to the target.
 *
 * @param legacyKey where it comes from
 * @param translation what the map makes of it
 * @param envelope as it is to be stored
 */
@SuppressWarnings("ArrayRecordComponent") // one per key copied, never compared
record CopyEntry(byte[] legacyKey, Translation.Entry translation, Envelope envelope) {

    String region() {
        return translation.region();
    }

    String id() {
        return translation.id();
    }
}
