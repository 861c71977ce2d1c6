package io.cachemigrator.map.translate;

import io.cachemigrator.map.KeyMatch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a transform starts from: the place of the entry in the target, its life, and its value as JSON.
 *
 * @param match the key space
 * @param id the id in the target
 * @param source the legacy entry
 * @param json the decoded value
 * @param metadata what decoding found out
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call
record EntryDraft(KeyMatch.Claimed match, String id, LegacyEntry source, byte[] json, Map<String, String> metadata) {

    OptionalLong remainingTtlMillis() {
        return source.remainingTtlMillis() < 0 ? OptionalLong.empty() : OptionalLong.of(source.remainingTtlMillis());
    }

    Instant readAt() {
        return source.readAt();
    }

    Translation.Entry entry(
            PayloadCodec codec, byte[] payload, List<String> tags, Fidelity fidelity, Set<String> timeFields) {
        return new Translation.Entry(
                match.keySpace().name(),
                match.region(),
                id,
                codec,
                payload,
                remainingTtlMillis(),
                tags,
                metadata,
                fidelity,
                timeFields);
    }

    EntryDraft with(String metadataKey, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(metadataKey, value);
        return new EntryDraft(match, id, source, json, Map.copyOf(more));
    }

    Translation quarantined(QuarantineReason reason, String detail) {
        return new Translation.Quarantined(match.keySpace().name(), reason, detail);
    }
}
