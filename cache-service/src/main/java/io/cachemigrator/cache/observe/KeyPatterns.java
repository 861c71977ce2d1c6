package io.cachemigrator.cache.observe;

import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.RegionPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What kinds of keys a region holds: ids with their variable parts taken out, so that {@code user:17:cart} and
 * {@code user:4711:cart} are one pattern, {@code user:{n}:cart}. Ids themselves are not kept. Immutable.
 *
 * @param region region's name
 * @param entries entries looked at
 * @param patterns patterns, those with most bytes first
 * @param others entries of patterns that were found after the first 10,000 patterns
 */
public record KeyPatterns(String region, long entries, List<Line> patterns, long others) {
    private static final int PAGE = 1_000;
    private static final int MOST = 10_000;
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern HEX =
            Pattern.compile("(?<![0-9a-zA-Z])(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{8,}(?![0-9a-zA-Z])");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** Copies. */
    public KeyPatterns {
        patterns = List.copyOf(patterns);
    }

    /**
     * One pattern.
     *
     * @param pattern ids with {@code {uuid}}, {@code {hex}} and {@code {n}} for what varies
     * @param entries how many there are
     * @param bytes bytes of their payloads
     * @param withoutExpiry how many of them stay until they are removed
     * @param meanAge mean time since they were written
     */
    public record Line(String pattern, long entries, long bytes, long withoutExpiry, Duration meanAge) {}

    /** The pattern of an id. */
    public static String of(String id) {
        String uuids = UUID.matcher(id).replaceAll("{uuid}");
        String hex = HEX.matcher(uuids).replaceAll("{hex}");
        return NUMBER.matcher(hex).replaceAll("{n}");
    }

    /**
     * Looks at the entries of a region.
     *
     * @param most positive: how many entries are looked at
     * @throws io.cachemigrator.cache.error.InfrastructureException if the store cannot be reached
     */
    public static KeyPatterns of(Region<?> region, Instant now, long most) {
        Map<String, Sum> sums = new HashMap<>();
        long entries = 0;
        long others = 0;
        @Nullable String from = null;
        do {
            RegionPage page = region.scan(from, (int) Math.min(PAGE, most - entries));
            for (EntryDetails entry : page.entries()) {
                entries++;
                String pattern = of(entry.id());
                Sum sum = sums.size() < MOST || sums.containsKey(pattern)
                        ? sums.computeIfAbsent(pattern, each -> new Sum())
                        : null;
                if (sum == null) {
                    others++;
                } else {
                    sum.add(entry, now);
                }
            }
            from = page.next();
        } while (from != null && entries < most);
        List<Line> lines = new ArrayList<>();
        sums.forEach((pattern, sum) -> lines.add(sum.line(pattern)));
        lines.sort(Comparator.comparingLong(Line::bytes).reversed().thenComparing(Line::pattern));
        return new KeyPatterns(region.name(), entries, lines, others);
    }

    private static final class Sum {
        private long entries;
        private long bytes;
        private long withoutExpiry;
        private long ageMillis;

        private void add(EntryDetails entry, Instant now) {
            entries++;
            bytes += entry.payload().length;
            withoutExpiry += entry.deadline() == null ? 1 : 0;
            ageMillis += Math.max(0, Duration.between(entry.created(), now).toMillis());
        }

        private Line line(String pattern) {
            return new Line(pattern, entries, bytes, withoutExpiry, Duration.ofMillis(ageMillis / entries));
        }
    }
}
