package io.cachemigrator.validation.consistency;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One comparison while it runs: first all entries are surveyed, then compared, then those that depend on others. */
final class ComparisonRun {
    private static final Duration ABOUT_TO_EXPIRE = Duration.ofSeconds(2);

    private record Place(String region, String id) {}

    private record Dependent(LegacyEntry entry, Translation translation) {}

    private final Translator translator;
    private final Clock clock;
    private final StoredEntries target;
    private final List<Dependent> dependents = new ArrayList<>();
    private final Set<ByteBuffer> neededKeys = new HashSet<>();
    private final Map<ByteBuffer, LegacyEntry> needed = new HashMap<>();
    private final Set<Place> merged = new HashSet<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<ConsistencyReport.SetAside> setAside = new ArrayList<>();
    private int entries;
    private int equal;
    private int newer;
    private int expiring;
    private int left;
    private int parts;

    ComparisonRun(Translator translator, Clock clock, StoredEntries target) {
        this.translator = translator;
        this.clock = clock;
        this.target = target;
    }

    /** Notes what depends on other entries. */
    void survey(LegacyEntry entry) {
        Translation translation = translator.translate(entry);
        if (translation instanceof Translation.CounterMerge merge) {
            dependents.add(new Dependent(entry, merge));
            neededKeys.add(ByteBuffer.wrap(merge.legacyCounterKey()));
            merged.add(new Place(merge.region(), merge.id()));
        } else if (translation instanceof Translation.FoldIfAbsent fold) {
            dependents.add(new Dependent(entry, fold));
            neededKeys.add(ByteBuffer.wrap(fold.legacyKey()));
        }
    }

    /** Compares an entry that stands for itself. */
    void compare(LegacyEntry entry) {
        entries++;
        ByteBuffer key = ByteBuffer.wrap(entry.key());
        if (neededKeys.contains(key)) {
            needed.put(key, entry);
        }
        Translation translation = translator.translate(entry);
        if (translation instanceof Translation.Entry wanted) {
            if (merged.contains(new Place(wanted.region(), wanted.id()))) {
                // what the target must have is the sum, which is compared with its other part
                parts++;
            } else {
                compare(entry, wanted);
            }
        } else if (translation instanceof Translation.Quarantined quarantined) {
            setAside(entry, quarantined.reason() + ": " + quarantined.detail());
        } else if (translation instanceof Translation.Large) {
            setAside(entry, "its value is too large to be compared here");
        } else if (!(translation instanceof Translation.CounterMerge)
                && !(translation instanceof Translation.FoldIfAbsent)) {
            left++;
        }
    }

    /** Compares what depends on other entries, when all are known. */
    void compareDependents() {
        for (Dependent dependent : dependents) {
            if (dependent.translation() instanceof Translation.FoldIfAbsent fold) {
                if (needed.containsKey(ByteBuffer.wrap(fold.legacyKey()))) {
                    setAside(dependent.entry(), "the legacy store has an entry under the right key too");
                } else {
                    compare(dependent.entry(), fold.entry());
                }
            } else if (dependent.translation() instanceof Translation.CounterMerge merge) {
                LegacyEntry base = needed.get(ByteBuffer.wrap(merge.legacyCounterKey()));
                Optional<Translation.Entry> sum = MergedCounters.sum(dependent.entry(), merge, base);
                if (sum.isPresent()) {
                    compare(dependent.entry(), sum.get());
                } else {
                    setAside(dependent.entry(), "the two counters do not add up to a 64-bit number");
                }
            }
        }
    }

    private void compare(LegacyEntry entry, Translation.Entry wanted) {
        long deadline = EntryComparison.deadlineMillis(entry, wanted);
        Envelope stored = target.read(wanted.region(), wanted.id());
        if (stored != null && !stored.isMigrated()) {
            newer++;
            return;
        }
        Optional<Difference> difference = EntryComparison.compare(wanted, deadline, stored, clock.instant());
        if (difference.isEmpty()) {
            equal++;
        } else if (isAboutToExpire(deadline)) {
            expiring++;
        } else {
            differences.add(difference.get());
        }
    }

    private boolean isAboutToExpire(long deadlineMillis) {
        return deadlineMillis != Envelope.NO_DEADLINE && deadlineMillis - clock.millis() < ABOUT_TO_EXPIRE.toMillis();
    }

    private void setAside(LegacyEntry entry, String reason) {
        setAside.add(new ConsistencyReport.SetAside(new String(entry.key(), StandardCharsets.UTF_8), reason));
    }

    ConsistencyReport report() {
        int compared = equal + newer + differences.size();
        return new ConsistencyReport(entries, compared, equal, newer, differences, expiring, setAside, left, parts);
    }
}
