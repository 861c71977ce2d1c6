package io.cachemigrator.compat.stage;

import io.cachemigrator.compat.stage.ShadowVerdict.Cause;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what comparisons of the shadow stage found, by key pattern and cause, and tells of differences: the log of the
 * first, and then each time their number has doubled, Flight Recorder of each. Ids are in neither. Of patterns that come
 * when 1,000 are known, only the sum is kept. Thread safe.
 */
public final class ShadowReport implements Consumer<ShadowVerdict> {
    /** Stands for every pattern for which there was no room. */
    public static final String OTHERS = "(others)";

    private static final Logger LOG = LoggerFactory.getLogger(ShadowReport.class);
    private static final int MOST_PATTERNS = 1_000;
    private static final Set<Cause> DIFFERENCES =
            EnumSet.of(Cause.MISSING, Cause.EXTRA, Cause.VALUE, Cause.UNDECODABLE);

    private final Map<String, Map<Cause, Long>> counts = new LinkedHashMap<>();

    /** Of nothing yet. */
    public ShadowReport() {}

    @Override
    public void accept(ShadowVerdict verdict) {
        long count = count(verdict);
        if (DIFFERENCES.contains(verdict.cause())) {
            tell(verdict);
            if (Long.bitCount(count) == 1) {
                LOG.warn(
                        "Shadow reads of '{}' found {} in the consolidated layout, {} times so far",
                        verdict.pattern(),
                        verdict.cause(),
                        count);
            }
        }
    }

    private synchronized long count(ShadowVerdict verdict) {
        boolean known = counts.containsKey(verdict.pattern()) || counts.size() < MOST_PATTERNS;
        return counts.computeIfAbsent(known ? verdict.pattern() : OTHERS, pattern -> new LinkedHashMap<>())
                .merge(verdict.cause(), 1L, Long::sum);
    }

    private static void tell(ShadowVerdict verdict) {
        Difference event = new Difference();
        if (event.isEnabled()) {
            event.pattern = verdict.pattern();
            event.cause = verdict.cause().name();
            event.commit();
        }
    }

    /** How often each cause was found, by pattern. */
    public synchronized Map<String, Map<Cause, Long>> counts() {
        Map<String, Map<Cause, Long>> copy = new LinkedHashMap<>();
        counts.forEach((pattern, causes) -> copy.put(pattern, Map.copyOf(causes)));
        return copy;
    }

    /** Comparisons that found a difference. */
    public synchronized long differences() {
        return counts.values().stream()
                .flatMap(causes -> causes.entrySet().stream())
                .filter(each -> DIFFERENCES.contains(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What Flight Recorder is told. */
    @Name("io.cachemigrator.ShadowDifference")
    @Label("Shadow Difference")
    @Category("Cache Migrator")
    @Description("A read of the consolidated layout gave something else than the legacy one")
    @StackTrace(false)
    static final class Difference extends Event {
        @Label("Key Pattern")
        String pattern = "";

        @Label("Cause")
        String cause = "";
    }
}
