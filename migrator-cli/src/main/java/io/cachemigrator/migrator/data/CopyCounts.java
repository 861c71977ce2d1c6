package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.report.Documents;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counters of a copy by key space. Not thread safe. */
public final class CopyCounts {

    /** Counters of one key space; mutable while the copy runs, serialised into checkpoints. */
    public static final class Counts {
        /** Keys seen. */
        public long scanned;
        /** Entries that are in the target because of this run. */
        public long written;
        /** Entries that stay as the application wrote them. */
        public long skippedNewer;
        /** Entries that expired before or while they were copied. */
        public long expired;
        /** Entries set aside. */
        public long quarantined;
        /** Entries read back equal. */
        public long verified;
        /** Entries copied as opaque bytes, readable by nobody but those who know them. */
        public long opaque;
        /** Entries that turned out to be somebody else's, and stay where they are. */
        public long left;
        /** Bytes of the payloads written. */
        public long bytes;

        private void add(Counts other) {
            scanned += other.scanned;
            written += other.written;
            skippedNewer += other.skippedNewer;
            expired += other.expired;
            quarantined += other.quarantined;
            verified += other.verified;
            opaque += other.opaque;
            left += other.left;
            bytes += other.bytes;
        }
    }

    private final Map<String, Counts> bySpace = new LinkedHashMap<>();

    /** Counters as checkpoints keep them. */
    private record Stored(Map<String, Counts> bySpace) {}

    /** These counters as a checkpoint keeps them. */
    public String toJson() {
        return Documents.compact(new Stored(bySpace));
    }

    /** Counters that a checkpoint kept. */
    public static CopyCounts ofJson(String json) {
        CopyCounts result = new CopyCounts();
        result.bySpace.putAll(Documents.read(json, Stored.class).bySpace());
        return result;
    }

    /** The sum of what a checkpoint kept and others, as a checkpoint keeps it. */
    static String sum(String json, CopyCounts others) {
        CopyCounts sum = json.isEmpty() ? new CopyCounts() : ofJson(json);
        sum.add(others);
        return sum.toJson();
    }

    /** Counters of a key space, made when missing. */
    public Counts of(String keySpace) {
        Counts found = bySpace.get(keySpace);
        return found != null ? found : bySpace.computeIfAbsent(keySpace, name -> new Counts());
    }

    /** All counters by key space. */
    public Map<String, Counts> bySpace() {
        return bySpace;
    }

    /** Adds another's counters to these. */
    public void add(CopyCounts other) {
        other.bySpace.forEach((space, counts) -> of(space).add(counts));
    }

    /** Keys seen in all. */
    public long scanned() {
        return bySpace.values().stream().mapToLong(counts -> counts.scanned).sum();
    }

    /** Entries written in all. */
    public long written() {
        return bySpace.values().stream().mapToLong(counts -> counts.written).sum();
    }

    /** Entries set aside in all. */
    public long quarantined() {
        return bySpace.values().stream().mapToLong(counts -> counts.quarantined).sum();
    }
}
