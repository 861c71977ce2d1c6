package io.cachemigrator.map.translate;

import io.cachemigrator.map.encoding.JsonObject;
import io.cachemigrator.map.encoding.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Brings stored answers into the shape of precomputed responses, with the whole legacy map kept beside the answer. */
final class PrecomputedResponse {
    private static final Set<String> TIME_FIELDS = Set.of("created_at");

    private final int maxBytes;

    PrecomputedResponse(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Translation translate(EntryDraft draft) {
        JsonObject answer = JsonObject.parse(draft.json());
        if (answer == null) {
            return draft.quarantined(QuarantineReason.UNEXPECTED_SHAPE, "the stored answer is not a map");
        }
        byte[] text = answer.raw("response");
        String confidence = answer.number("confidence");
        String created = answer.string("created_at");
        JsonOutput out = new JsonOutput(maxBytes);
        out.raw("{").name("response").raw(text == null ? "null".getBytes(StandardCharsets.US_ASCII) : text);
        out.raw(", ").name("confidence").raw(confidence == null ? "1.0" : confidence);
        out.raw(", ").name("created_at").string(created == null ? UtcText.of(draft.readAt()) : created);
        out.raw(", ").name("payload").raw(draft.json()).raw("}");
        if (out.overflowed()) {
            return draft.quarantined(QuarantineReason.OVERSIZE, "the answer is longer than " + maxBytes + " bytes");
        }
        return draft.entry(
                PayloadCodec.JSON,
                out.toBytes(),
                List.of(),
                Fidelity.TRANSFORMED,
                created == null ? TIME_FIELDS : Set.of());
    }
}
