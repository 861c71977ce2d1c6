package io.cachemigrator.validation.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The uses of legacy caches that were there when they were accepted, in a file to commit. What is new beside it fails; what is gone
 * never does. The file has a line for each use, sorted, without lines of sources and without times, so that it changes only with what
 * is used; in its folder {@code .gitattributes} has Git join both sides of a merge, and what that brings twice or brings back counts as
 * gone. Immutable.
 */
public final class Ratchet {
    /** Name of the file in its folder. */
    public static final String FILE = "legacy-usage.txt";

    private static final Pattern LINE = Pattern.compile("(.+ -> .+) #(\\d{1,9})");
    private static final String HEAD = """
            # Uses of legacy caches that were accepted. Anybody may shrink this: migrator arch --update
            # It grows only by: migrator arch --accept-new --yes, which whoever reviews the change has to agree to.
            """;

    private final Map<String, Set<Integer>> accepted;

    private Ratchet(Map<String, Set<Integer>> accepted) {
        this.accepted = accepted;
    }

    /** Whether a folder has one. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /**
     * Reads that of a folder.
     *
     * @throws IOException when it cannot be read, or a line is none
     */
    public static Ratchet read(Path folder) throws IOException {
        Map<String, Set<Integer>> accepted = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(folder.resolve(FILE))) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new IOException("line " + number + " is no use of a legacy cache: " + line);
            }
            accepted.computeIfAbsent(matcher.group(1), key -> new TreeSet<>()).add(Integer.parseInt(matcher.group(2)));
        }
        return new Ratchet(accepted);
    }

    /** That accepts what is there. */
    public static Ratchet accepting(LegacyUses uses) {
        Map<String, Set<Integer>> accepted = new TreeMap<>();
        uses.byKey().forEach((key, same) -> accepted.put(key, numbers(same.size())));
        return new Ratchet(accepted);
    }

    /**
     * What a comparison finds.
     *
     * @param fresh uses that were not accepted
     * @param gone how many accepted uses are not there any more
     */
    public record Verdict(List<LegacyUses.Use> fresh, int gone) {}

    /**
     * Compares. A class that is gone leaves its uses to others, which is what renaming and moving it comes to: of each member there may
     * be as many in all as were accepted.
     *
     * @param complete whether these are all classes that the store is about; of some of them nobody knows which others are gone
     */
    public Verdict judge(LegacyUses uses, boolean complete) {
        Map<String, Integer> left = new HashMap<>();
        int absent = 0;
        for (Map.Entry<String, Set<Integer>> entry : accepted.entrySet()) {
            absent += !complete && isAbsent(entry.getKey(), uses)
                    ? entry.getValue().size()
                    : 0;
        }
        accepted.forEach((key, numbers) -> {
            if (complete && isAbsent(key, uses)) {
                left.merge(key.substring(key.indexOf(" -> ")), numbers.size(), Integer::sum);
            }
        });
        List<LegacyUses.Use> fresh = new ArrayList<>();
        uses.byKey().forEach((key, same) -> {
            int known = accepted.getOrDefault(key, Set.of()).size();
            for (LegacyUses.Use use : same.subList(Math.min(known, same.size()), same.size())) {
                String what = key.substring(key.indexOf(" -> "));
                if (left.getOrDefault(what, 0) > 0) {
                    left.merge(what, -1, Integer::sum);
                } else {
                    fresh.add(use);
                }
            }
        });
        int all = accepted.values().stream().mapToInt(Set::size).sum() - absent;
        return new Verdict(List.copyOf(fresh), Math.max(0, all - (uses.count() - fresh.size())));
    }

    private static boolean isAbsent(String key, LegacyUses uses) {
        return !uses.hasClass(key.substring(0, key.indexOf(" -> ")));
    }

    /**
     * What is left of it: it forgets what is gone, and takes over what classes have that are renamed, but nothing new.
     *
     * @param complete as for {@link #judge}; if not, what it knows of other classes stays
     */
    public Ratchet without(LegacyUses uses, boolean complete) {
        Map<String, Integer> fresh = new HashMap<>();
        judge(uses, complete).fresh().forEach(use -> fresh.merge(use.key(), 1, Integer::sum));
        Map<String, Set<Integer>> left = new TreeMap<>();
        accepted.forEach((key, numbers) -> {
            if (!complete && isAbsent(key, uses)) {
                left.put(key, numbers);
            }
        });
        uses.byKey().forEach((key, same) -> {
            int known = same.size() - fresh.getOrDefault(key, 0);
            if (known > 0) {
                left.put(key, numbers(known));
            }
        });
        return new Ratchet(left);
    }

    /**
     * With everything that is there.
     *
     * @param complete as for {@link #judge}; if not, what it knows of other classes stays
     */
    public Ratchet with(LegacyUses uses, boolean complete) {
        Map<String, Set<Integer>> all = new TreeMap<>(accepting(uses).accepted);
        accepted.forEach((key, numbers) -> {
            if (!complete && isAbsent(key, uses)) {
                all.put(key, numbers);
            }
        });
        return new Ratchet(all);
    }

    private static Set<Integer> numbers(int count) {
        return IntStream.rangeClosed(1, count).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /** Writes it into a folder, with what makes merges join both sides. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path attributes = folder.resolve(".gitattributes");
        String there = Files.exists(attributes) ? Files.readString(attributes) : "";
        if (!there.contains(FILE + " merge=union")) {
            String separator = there.isEmpty() || there.endsWith("\n") ? "" : "\n";
            Files.writeString(attributes, there + separator + FILE + " merge=union text eol=lf\n");
        }
        Path part = Files.createTempFile(folder, ".part-", null);
        try {
            Files.writeString(part, text());
            Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String text() {
        return HEAD
                + accepted.entrySet().stream()
                        .flatMap(
                                entry -> entry.getValue().stream().map(number -> entry.getKey() + " #" + number + "\n"))
                        .collect(Collectors.joining());
    }
}
