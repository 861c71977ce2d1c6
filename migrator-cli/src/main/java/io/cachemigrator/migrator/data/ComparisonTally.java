package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.migrator.verify.ComparisonState;
import io.cachemigrator.validation.consistency.Difference;
import io.cachemigrator.validation.consistency.EntryComparison;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a comparison has found so far. Used by one thread. */
final class ComparisonTally {
    private static final int MOST_LISTED = 1_000;

    private final List<Difference> differences = new ArrayList<>();
    private final List<byte[]> differing = new ArrayList<>();
    private final List<CopyTarget.Copy> extra = new ArrayList<>();
    private final Set<CopyTarget.Place> extraPlaces = new HashSet<>();
    private long keys;
    private long compared;
    private long equal;
    private long newer;
    private long setAside;
    private long moving;
    private long buckets;
    private long bucketsRead;
    private long differenceCount;

    /** Adds legacy keys that are carried over. */
    void keys(long more) {
        keys += more;
    }

    /** Adds what was found in a page of keys; those that are to be looked at again are not in it. */
    void add(PageCounts page) {
        compared += page.equal + page.newer;
        equal += page.equal;
        newer += page.newer;
        setAside += page.setAside;
        buckets += page.buckets;
        bucketsRead += page.bucketsRead;
    }

    /** One that was changed on both sides at every look. */
    void moving() {
        compared++;
        moving++;
    }

    long compared() {
        return compared;
    }

    long differenceCount() {
        return differenceCount;
    }

    void difference(byte[] legacyKey, Difference difference) {
        compared++;
        differing.add(legacyKey);
        add(difference);
    }

    void extra(CopyTarget.Copy copy, long nowMillis) {
        CopyTarget.Place place = copy.place();
        if (!extraPlaces.add(place)) {
            return;
        }
        extra.add(copy);
        add(new Difference(
                place.region(),
                place.id(),
                Difference.Kind.EXTRA,
                "no entry",
                EntryComparison.describe(copy.envelope(), Instant.ofEpochMilli(nowMillis))));
    }

    private void add(Difference difference) {
        differenceCount++;
        if (differences.size() < MOST_LISTED) {
            differences.add(difference);
        }
    }

    List<byte[]> differing() {
        return differing;
    }

    List<CopyTarget.Copy> extra() {
        return extra;
    }

    ComparisonResult result(String mode, double confidence) {
        return new ComparisonResult(
                mode,
                keys,
                confidence,
                compared,
                equal,
                newer,
                setAside,
                moving,
                buckets,
                bucketsRead,
                differenceCount,
                List.copyOf(differences));
    }

    /** To go on from. */
    ComparisonState state(
            ComparisonState.Phase phase,
            String position,
            String identity,
            Collection<byte[]> open,
            Collection<byte[]> merged) {
        return new ComparisonState(phase, position, identity, result("", 0), texts(open), texts(merged));
    }

    /** Keys are kept byte for byte, as text with a character for each. */
    private static List<String> texts(Collection<byte[]> keys) {
        return keys.stream()
                .map(key -> new String(key, StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** The keys that {@link #texts} made text of. */
    static List<byte[]> keys(List<String> texts) {
        return texts.stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Takes up what an earlier comparison had found. */
    void restore(ComparisonResult before) {
        keys = before.keys();
        compared = before.compared();
        equal = before.equal();
        newer = before.newer();
        setAside = before.setAside();
        moving = before.moving();
        buckets = before.buckets();
        bucketsRead = before.bucketsRead();
        differenceCount = before.differenceCount();
        differences.addAll(before.differences());
    }

    /** What was found in a page, counted by whoever compared it. */
    static final class PageCounts {
        long equal;
        long newer;
        long setAside;
        long buckets;
        long bucketsRead;
    }
}
