package io.cachemigrator.cache.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Invalidations, the last ten thousand. Guarded by its owner. */
final class InvalidationLog {
    private static final int MOST = 10_000;
    private static final int TOP = 10;
    private static final int ENOUGH = 10;

    private final Deque<Event> events = new ArrayDeque<>();

    /** One invalidation. */
    record Event(Instant at, String pattern, long removed, Duration took) {}

    void add(Instant at, String pattern, long removed, Duration took) {
        events.addLast(new Event(at, pattern, removed, took));
        if (events.size() > MOST) {
            events.removeFirst();
        }
    }

    List<Event> since(Instant oldest) {
        return events.stream().filter(event -> event.at().isAfter(oldest)).toList();
    }

    void clear() {
        events.clear();
    }

    /** Patterns by how often, the most frequent first. */
    static Map<String, Integer> top(List<Event> events) {
        Map<String, Integer> counts = new TreeMap<>();
        events.forEach(event -> counts.merge(event.pattern(), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(TOP)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (left, right) -> left, LinkedHashMap::new));
    }

    static List<Recommendation> advice(List<Event> events) {
        List<Recommendation> advice = new ArrayList<>();
        if (events.size() < ENOUGH) {
            return advice;
        }
        top(events).entrySet().stream().findFirst().ifPresent(first -> {
            if (first.getValue() * 2 > events.size()) {
                advice.add(new Recommendation(
                        "",
                        "See what invalidates '" + first.getKey() + "', and whether a shorter time to live would do.",
                        first.getValue() + " of " + events.size() + " invalidations"));
            }
        });
        double mean = events.stream().mapToLong(Event::removed).average().orElse(0);
        String figure = String.format(Locale.ROOT, "%.1f entries at a time on average", mean);
        if (mean < 1) {
            advice.add(new Recommendation("", "Invalidate less: most invalidations hit nothing.", figure));
        } else if (mean > 100) {
            advice.add(new Recommendation("", "Invalidate by narrower patterns or tags.", figure));
        }
        return advice;
    }
}
