package io.cachemigrator.cache;

import io.cachemigrator.cache.envelope.Utf8;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Checks of ids, tags and metadata as callers give them. */
final class Texts {
    private static final int MAX_ID_BYTES = 4_096;
    private static final int MAX_TAGS = 64;
    private static final int MAX_TAG_BYTES = 255;
    private static final int MAX_METADATA = 64;
    private static final int MAX_METADATA_BYTES = 512 << 10;

    private Texts() {}

    static String id(String id) {
        checkLength(id, MAX_ID_BYTES, "An id");
        return id;
    }

    static List<String> ids(Collection<String> ids) {
        return ids.stream().distinct().map(Texts::id).toList();
    }

    /** The tags without repetitions, in the order given. */
    static List<String> tags(Collection<String> tags) {
        List<String> distinct = tags.stream().distinct().toList();
        if (distinct.size() > MAX_TAGS) {
            throw refused(distinct.size() + " tags are too many; allowed: " + MAX_TAGS + ". Give fewer.");
        }
        distinct.forEach(tag -> checkLength(tag, MAX_TAG_BYTES, "A tag"));
        return distinct;
    }

    static Map<String, String> metadata(Map<String, String> metadata) {
        if (metadata.size() > MAX_METADATA) {
            throw refused(metadata.size() + " metadata keys are too many; allowed: " + MAX_METADATA + ". Give fewer.");
        }
        long bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            checkLength(entry.getKey(), MAX_TAG_BYTES, "A metadata key");
            if (entry.getKey().startsWith("cm.")) {
                throw refused("Metadata keys that start with 'cm.' are reserved. Choose another name.");
            }
            if (!Utf8.isEncodable(entry.getValue())) {
                throw refused("A metadata value holds half of a surrogate pair. Remove it.");
            }
            bytes += Utf8.encode(entry.getValue()).length;
        }
        if (bytes > MAX_METADATA_BYTES) {
            throw refused("Metadata values take " + bytes + " bytes; allowed: 512 KiB. Put them into the value.");
        }
        return metadata;
    }

    private static void checkLength(String text, int maxBytes, String what) {
        if (!Utf8.isEncodable(text)) {
            throw refused(what + " holds half of a surrogate pair, which UTF-8 cannot express. Remove it.");
        }
        int length = text.length() > maxBytes ? text.length() : Utf8.encode(text).length;
        if (length == 0 || length > maxBytes) {
            throw refused(what + " has " + length + " bytes; allowed: 1 to " + maxBytes + ". Choose another.");
        }
    }

    private static ValidationException refused(String message) {
        return new ValidationException(CacheErrorCode.BAD_ARGUMENT, message, Map.of());
    }
}
