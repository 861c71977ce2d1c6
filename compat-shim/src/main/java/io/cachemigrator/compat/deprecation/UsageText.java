package io.cachemigrator.compat.deprecation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Call sites as a text that a process leaves for others: a line for each, its fields divided by tabs. What is read is taken for
 * hostile: it is cut off beyond a size, and a line that is none is left out.
 */
public final class UsageText {
    private static final int MOST_SITES = 500;
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int LONGEST_FIELD = 400;
    private static final int FIELDS = 7;

    private UsageText() {}

    /** The call sites that called last, at most 500. */
    public static String of(List<CallSite> sites) {
        return sites.stream()
                .sorted(Comparator.comparing(CallSite::lastSeen).reversed())
                .limit(MOST_SITES)
                .map(UsageText::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(CallSite site) {
        return String.join(
                "\t",
                field(site.api()),
                field(site.replacement()),
                field(site.className()),
                field(site.method()),
                String.valueOf(site.line()),
                String.valueOf(site.calls()),
                String.valueOf(site.lastSeen().toEpochMilli()));
    }

    private static String field(String text) {
        return text.substring(0, Math.min(LONGEST_FIELD, text.length())).replaceAll("\\p{Cntrl}", " ");
    }

    /** Reads what {@link #of} has written. */
    public static List<CallSite> read(String text) {
        List<CallSite> sites = new ArrayList<>();
        text.substring(0, Math.min(MOST_CHARACTERS, text.length()))
                .lines()
                .limit(MOST_SITES)
                .forEach(line -> site(line).ifPresent(sites::add));
        return sites;
    }

    private static Optional<CallSite> site(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS
                || !fields[4].matches("-?\\d{1,9}")
                || !fields[5].matches("\\d{1,18}")
                || !fields[6].matches("\\d{1,15}")) {
            return Optional.empty();
        }
        return Optional.of(new CallSite(
                field(fields[2]),
                field(fields[3]),
                Integer.parseInt(fields[4]),
                field(fields[0]),
                field(fields[1]),
                Long.parseLong(fields[5]),
                Instant.ofEpochMilli(Long.parseLong(fields[6]))));
    }
}
