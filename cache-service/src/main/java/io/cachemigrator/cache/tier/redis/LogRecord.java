package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.tier.ChangeListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the change log.
 *
 * @param position its id in the stream
 * @param fields fields by name: {@code w} writer, {@code k} kind, {@code r} region, {@code a} time of an invalidation
 * @param names ids, tags or a prefix
 */
record LogRecord(String position, Map<String, String> fields, List<String> names) {
    /** Entries were changed. */
    static final String ENTRIES = "e";
    /** Entries are about to be changed, in a cluster. */
    static final String PENDING = "q";

    private static final String TAGS = "t";
    private static final String PREFIX = "p";
    private static final String CLEARED = "c";

    static LogRecord of(Object entry) {
        List<?> parts = (List<?>) entry;
        List<?> texts = (List<?>) parts.get(1);
        Map<String, String> fields = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            String name = Wire.text(texts.get(i));
            String value = Wire.text(texts.get(i + 1));
            if (name.equals("i")) {
                names.add(value);
            } else {
                fields.put(name, value);
            }
        }
        return new LogRecord(Wire.text(parts.get(0)), fields, names);
    }

    byte[] id() {
        return Wire.bytes(position);
    }

    boolean isBy(String writer) {
        return writer.equals(fields.get("w"));
    }

    boolean is(String kind) {
        return kind.equals(fields.get("k"));
    }

    String region() {
        return fields.getOrDefault("r", "");
    }

    /** Tells a listener what was changed. */
    void tell(ChangeListener listener) {
        @Nullable String kind = fields.get("k");
        if (kind == null) {
            return;
        }
        switch (kind) {
            case ENTRIES, PENDING -> listener.changed(region(), names);
            case TAGS -> listener.tagsInvalidated(region(), names, at());
            case PREFIX -> names.forEach(prefix -> listener.prefixInvalidated(region(), prefix, at()));
            case CLEARED -> listener.cleared(region());
            default -> {
                // a later version says something that this one does not know: to drop everything is always right
                listener.missed();
            }
        }
    }

    private long at() {
        return Long.parseLong(fields.getOrDefault("a", "-1"));
    }
}
