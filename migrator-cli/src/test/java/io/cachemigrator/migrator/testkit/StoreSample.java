package io.cachemigrator.migrator.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Legacy entries that any store can hold: with and without expiry, a pair to add up, one to refuse, one of nobody's. */
public final class StoreSample {
    /** Conversations, each with a counter. */
    public static final int PAIRS = 700;

    private StoreSample() {}

    /**
     * An entry.
     *
     * @param ttl seconds; -1 = none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Entry(String key, byte[] value, int ttl) {
        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    /** Entries that are texts. */
    public static List<Entry> texts() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            entries.add(text("ngx:conv:c" + i, "{\"id\":\"c" + i + "\",\"note\":\"grüße " + i + "\"}", 3_600 + i));
            entries.add(text("ngx:metr:m" + i, String.valueOf(i), -1));
        }
        entries.add(text("ngx:metrics:m1", "5", 3_600));
        entries.add(text("somebody:else", "stays", -1));
        return entries;
    }

    private static Entry text(String key, String value, int ttl) {
        return new Entry(key, value.getBytes(StandardCharsets.UTF_8), ttl);
    }

    /** A pickle that would call a function when loaded. */
    public static byte[] hostilePickle() {
        return "\u0080\u0002cposix\nsystem\nX\u0006\u0000\u0000\u0000echo 1\u0085R."
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All of them. */
    public static List<Entry> all() {
        List<Entry> entries = texts();
        entries.add(new Entry("ngx:conv:hostile", hostilePickle(), 3_600));
        return entries;
    }
}
