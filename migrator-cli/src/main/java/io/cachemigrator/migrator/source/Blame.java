package io.cachemigrator.migrator.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the changed files behind an error: the file that has it, or else the changed ones nearest to it, by what one file
 * names of another.
 */
final class Blame {
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|enum|record)\\s+(\\w+)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][\\w$]*");

    private final Map<String, Set<String>> owners = new HashMap<>();
    private final Map<String, String> texts;

    /** Among the files of a project. */
    Blame(Map<String, String> texts) {
        this.texts = texts;
        texts.forEach((path, text) -> {
            Matcher declared = DECLARED.matcher(text);
            while (declared.find()) {
                owners.computeIfAbsent(declared.group(1), key -> new TreeSet<>())
                        .add(path);
            }
        });
    }

    /** The changed files behind an error in a file; all of them where no way leads to one. */
    Set<String> behind(String file, Set<String> changed) {
        if (changed.contains(file)) {
            return Set.of(file);
        }
        Set<String> seen = new HashSet<>(Set.of(file));
        Set<String> level = Set.of(file);
        while (!level.isEmpty()) {
            Set<String> next = new LinkedHashSet<>();
            level.forEach(path -> next.addAll(named(path)));
            next.removeAll(seen);
            seen.addAll(next);
            Set<String> found = new TreeSet<>(next);
            found.retainAll(changed);
            if (!found.isEmpty()) {
                return found;
            }
            level = next;
        }
        return changed;
    }

    private Set<String> named(String path) {
        Set<String> files = new TreeSet<>();
        Matcher word = WORD.matcher(texts.getOrDefault(path, ""));
        while (word.find()) {
            files.addAll(owners.getOrDefault(word.group(), Set.of()));
        }
        return files;
    }
}
