package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.TextTiers;
import io.cachemigrator.cache.factory.AiPerformanceSummary.Advice;
import io.cachemigrator.cache.factory.AiPerformanceSummary.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts what a cache of answers is asked, by operation and by the size of the text. Thread safe. */
public final class AiMetrics {
    private static final int SAMPLES = 1_000;
    private static final int RECENT = 10;
    private static final int ENOUGH = 10;

    private final TextTiers tiers;
    private final Map<String, Counts> operations = new TreeMap<>();
    private final Map<TextTiers.Tier, Counts> sizes = new EnumMap<>(TextTiers.Tier.class);
    private final Deque<String> recent = new ArrayDeque<>();
    private final Deque<Long> recentNanos = new ArrayDeque<>();
    private long keys;

    /** With these sizes of texts. */
    public AiMetrics(TextTiers tiers) {
        this.tiers = tiers;
    }

    /** An id was made. */
    public synchronized void keyMade() {
        keys++;
    }

    /** An answer was looked up. */
    public synchronized void lookedUp(String operation, int length, boolean hit, Duration took) {
        count(operation, length, hit ? "hit" : "miss", took, counts -> {
            counts.hits += hit ? 1 : 0;
            counts.misses += hit ? 0 : 1;
        });
    }

    /** An answer was stored. */
    public synchronized void stored(String operation, int length, Duration took) {
        count(operation, length, "stored", took, counts -> counts.stored++);
    }

    private void count(
            String operation, int length, String what, Duration took, java.util.function.Consumer<Counts> how) {
        Counts named = operations.computeIfAbsent(operation, name -> new Counts());
        Counts sized = sizes.computeIfAbsent(tiers.of(length), tier -> new Counts());
        for (Counts counts : List.of(named, sized)) {
            how.accept(counts);
            counts.sample(took.toNanos());
        }
        keep(recent, operation + " " + what);
        keep(recentNanos, took.toNanos());
    }

    private static <T> void keep(Deque<T> last, T value) {
        last.addLast(value);
        if (last.size() > RECENT) {
            last.removeFirst();
        }
    }

    /** In short. */
    public synchronized PerformanceSummary summary() {
        Counts all = all();
        Map<String, Long> misses = new TreeMap<>();
        operations.forEach((name, counts) -> misses.put(name, counts.misses));
        long nanos = recentNanos.stream().mapToLong(Long::longValue).sum();
        return new PerformanceSummary(
                percent(all),
                all.total(),
                all.hits,
                all.misses,
                recentNanos.isEmpty() ? Duration.ZERO : Duration.ofNanos(nanos / recentNanos.size()),
                totals(),
                misses,
                distribution(),
                List.copyOf(recent));
    }

    private Map<String, Long> totals() {
        Map<String, Long> totals = new TreeMap<>();
        operations.forEach((name, counts) -> totals.put(name, counts.total()));
        return totals;
    }

    private Map<TextTiers.Tier, Long> distribution() {
        Map<TextTiers.Tier, Long> distribution = new EnumMap<>(TextTiers.Tier.class);
        for (TextTiers.Tier tier : TextTiers.Tier.values()) {
            Counts counts = sizes.get(tier);
            distribution.put(tier, counts == null ? 0 : counts.total());
        }
        return distribution;
    }

    /** What it is worth, given the counters of the cache underneath and how long answers are kept. */
    public synchronized AiPerformanceSummary aiSummary(CacheStats cache, Function<String, Duration> ttlOf) {
        Counts all = all();
        Map<String, Double> rates = new TreeMap<>();
        operations.forEach((name, counts) -> rates.put(name, twoPlaces(percent(counts))));
        return new AiPerformanceSummary(
                all.total(), twoPlaces(percent(all)), rates, distribution(), keys, advice(all, cache, ttlOf), cache);
    }

    private List<Advice> advice(Counts all, CacheStats cache, Function<String, Duration> ttlOf) {
        List<Advice> advice = new ArrayList<>();
        if (all.hits + all.misses < ENOUGH) {
            return advice;
        }
        double rate = percent(all);
        if (rate < 30) {
            advice.add(new Advice(Priority.HIGH, said("Lengthen times to live: %.1f %% of look-ups are hits.", rate)));
        } else if (rate > 90) {
            advice.add(new Advice(
                    Priority.LOW,
                    said("Times to live may be longer than needed: %.1f %% of look-ups are hits.", rate)));
        }
        Map<TextTiers.Tier, Long> sizesNow = distribution();
        long total = Math.max(1, all.total());
        double extraLarge = 100.0 * sizesNow.getOrDefault(TextTiers.Tier.XLARGE, 0L) / total;
        double small = 100.0 * sizesNow.getOrDefault(TextTiers.Tier.SMALL, 0L) / total;
        if (extraLarge > 20) {
            advice.add(
                    new Advice(Priority.MEDIUM, said("Shorten or split texts: %.1f %% are extra large.", extraLarge)));
        }
        if (small < 10) {
            advice.add(
                    new Advice(Priority.LOW, said("Look at the bounds of sizes: %.1f %% of texts are small.", small)));
        }
        double used = cache.memoryUsePercent();
        if (cache.memoryLimit() > 0 && used > 90) {
            advice.add(new Advice(Priority.HIGH, said("Raise l1_cache_size: %.1f %% of it are used.", used)));
        } else if (cache.memoryLimit() > 0 && used < 30) {
            advice.add(new Advice(Priority.LOW, said("l1_cache_size may be lower: %.1f %% of it are used.", used)));
        }
        operations.forEach((name, counts) -> {
            if (counts.samples >= 5
                    && counts.mean() < 100_000_000
                    && ttlOf.apply(name).toSeconds() < 7_200) {
                advice.add(new Advice(
                        Priority.MEDIUM,
                        "Double the time to live of " + name + ", which is " + ttlOf.apply(name) + "."));
            }
        });
        advice.sort(Comparator.comparing(Advice::priority));
        return advice;
    }

    private static String said(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }

    /** By the size of texts. */
    public synchronized TextTierStatistics tierStatistics() {
        Map<TextTiers.Tier, Double> rates = new EnumMap<>(TextTiers.Tier.class);
        Map<TextTiers.Tier, Duration> times = new EnumMap<>(TextTiers.Tier.class);
        sizes.forEach((tier, counts) -> {
            if (counts.hits + counts.misses > 0) {
                rates.put(tier, percent(counts));
            }
            times.put(tier, Duration.ofNanos(counts.mean()));
        });
        return new TextTierStatistics(tiers, distribution(), rates, times);
    }

    /** Times by operation. */
    public synchronized OperationPerformance performance(Function<String, Duration> ttlOf) {
        Map<String, OperationPerformance.Line> lines = new TreeMap<>();
        operations.forEach((name, counts) -> lines.put(name, counts.line(ttlOf.apply(name))));
        return new OperationPerformance(lines);
    }

    private Counts all() {
        Counts all = new Counts();
        operations.values().forEach(each -> {
            all.hits += each.hits;
            all.misses += each.misses;
            all.stored += each.stored;
        });
        return all;
    }

    private static double percent(Counts counts) {
        long lookups = counts.hits + counts.misses;
        return lookups == 0 ? 0 : 100.0 * counts.hits / lookups;
    }

    private static double twoPlaces(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Counts, and the last times. Guarded by its owner. */
    private static final class Counts {
        private long hits;
        private long misses;
        private long stored;
        private final long[] nanos = new long[SAMPLES];
        private int samples;
        private int next;

        long total() {
            return hits + misses + stored;
        }

        void sample(long took) {
            nanos[next] = took;
            next = (next + 1) % SAMPLES;
            samples = Math.min(SAMPLES, samples + 1);
        }

        long mean() {
            return samples == 0 ? 0 : Arrays.stream(nanos, 0, samples).sum() / samples;
        }

        OperationPerformance.Line line(Duration ttl) {
            long[] sorted = Arrays.copyOf(nanos, samples);
            Arrays.sort(sorted);
            return new OperationPerformance.Line(
                    total(),
                    samples,
                    Duration.ofNanos(mean()),
                    at(sorted, 0),
                    at(sorted, 1),
                    at(sorted, 0.5),
                    at(sorted, 0.95),
                    at(sorted, 0.99),
                    ttl);
        }

        private static Duration at(long[] sorted, double share) {
            int index = Math.min(sorted.length - 1, (int) Math.floor(sorted.length * share));
            return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[index]);
        }
    }
}
