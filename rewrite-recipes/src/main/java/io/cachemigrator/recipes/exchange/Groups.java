package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.exchange.FileUses.Catch;
import io.cachemigrator.recipes.exchange.FileUses.Link;
import io.cachemigrator.recipes.exchange.FileUses.Use;
import io.cachemigrator.recipes.services.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which files are rewritten and which stay. Files that must agree on a type of the caches are one group, which is
 * rewritten whole or stays whole: it stays when a use in it has no replacement. Immutable.
 */
final class Groups {
    static final String OWN_FAILURES = "failures that only caches of the family throw";

    private final TreeMap<String, FileUses> files = new TreeMap<>();
    private final Map<String, String> homes = new HashMap<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, String> causes = new LinkedHashMap<>();
    private final Map<String, Refusal> kept = new HashMap<>();
    private final Map<UUID, Refusal> refused = new HashMap<>();
    private final Map<String, List<Use>> late = new HashMap<>();
    private final Set<UUID> caught = new HashSet<>();

    /**
     * Of a project.
     *
     * @param scanned files that were looked through
     * @param keptFiles files that stay, each with the reason
     * @param others files that were not, by the classes in them
     */
    Groups(Collection<FileUses> scanned, Map<String, String> keptFiles, Map<String, String> others) {
        homes.putAll(others);
        for (FileUses file : scanned) {
            files.put(file.path(), file);
            file.classes().forEach((name, above) -> {
                homes.put(name, file.path());
                above.forEach(
                        it -> below.computeIfAbsent(it, key -> new HashSet<>()).add(name));
            });
        }
        meet();
        for (FileUses file : files.values()) {
            link(file);
            failures(file);
            checks(file);
            file.uses().forEach(use -> ask(file, use));
        }
        for (FileUses file : files.values()) {
            decide(file, keptFiles.get(file.path()));
        }
        if (causes.isEmpty()) {
            files.values().forEach(this::documentation);
        }
    }

    /** A file that does no more than write about caches follows when none of the old ones stays. */
    private void documentation(FileUses file) {
        if (uses(file).isEmpty()) {
            late(file).addAll(file.documented());
        }
    }

    /** The file that declares a class, or the class around it; null when none does. */
    private @Nullable String home(String name) {
        int inner = name.indexOf('$');
        return inner < 0 ? homes.get(name) : homes.getOrDefault(name, homes.get(name.substring(0, inner)));
    }

    private void meet() {
        Map<String, String> places = new HashMap<>();
        for (FileUses file : files.values()) {
            file.meetings().forEach(place -> join(places.computeIfAbsent(place, key -> file.path()), file.path()));
        }
        String own = places.get(OWN_FAILURES);
        if (own != null) {
            loading().forEach(path -> join(own, path));
        }
    }

    private List<String> loading() {
        return files.values().stream()
                .filter(FileUses::loads)
                .map(FileUses::path)
                .toList();
    }

    private void link(FileUses file) {
        for (Link link : file.links()) {
            String home = home(link.other());
            if (home != null) {
                join(file.path(), home);
            } else {
                refuse(file, link.at(), Refusal.EXTERNAL_SIGNATURE);
            }
        }
    }

    /** Catch clauses follow what they catch, or keep it where it is when that may come from elsewhere too. */
    private void failures(FileUses file) {
        for (Catch clause : file.catches()) {
            Set<String> reached = reach(clause.called());
            List<String> loading =
                    reached.stream().filter(path -> uses(path).loads()).toList();
            if (!clause.cache() && loading.isEmpty() && clause.shared()) {
                continue;
            }
            loading.forEach(path -> join(file.path(), path));
            boolean mixed = clause.foreign()
                    || reached.stream().anyMatch(path -> uses(path).foreign())
                    || clause.called().stream().anyMatch(name -> home(name) == null);
            caught.add(clause.at().tree());
            if (clause.shared() && mixed) {
                refuse(file, clause.at(), ExchangeRefusals.MIXED_TRY);
            } else {
                late(file).add(clause.at());
            }
        }
    }

    private FileUses uses(String path) {
        return files.getOrDefault(path, new FileUses(path));
    }

    /** Files that the methods of some classes come to. */
    private Set<String> reach(Set<String> classes) {
        Set<String> seen = new HashSet<>();
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(classes);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (seen.add(name)) {
                open.addAll(below.getOrDefault(name, Set.of()));
                String home = home(name);
                if (home != null && reached.add(home)) {
                    open.addAll(uses(home).called());
                }
            }
        }
        return reached;
    }

    private void checks(FileUses file) {
        List<String> loading = loading();
        if (!loading.isEmpty()) {
            for (Use check : file.checks()) {
                Refusal refusal = check.refusal();
                loading.forEach(path -> join(file.path(), path));
                refuse(file, check, refusal == null ? ExchangeRefusals.EXCEPTION_CHECK : refusal);
            }
        }
    }

    private List<Use> late(FileUses file) {
        return late.computeIfAbsent(file.path(), key -> new ArrayList<>());
    }

    private void refuse(FileUses file, Use use, Refusal refusal) {
        boolean known = file.uses().stream().anyMatch(it -> it.tree().equals(use.tree()))
                || late(file).stream().anyMatch(it -> it.tree().equals(use.tree()));
        if (!known) {
            late(file).add(use);
        }
        refused.put(use.tree(), refusal);
    }

    private void ask(FileUses file, Use use) {
        Supplier<@Nullable Refusal> question = file.pending().get(use.tree());
        Refusal answer = question == null ? null : question.get();
        if (answer != null) {
            refused.put(use.tree(), answer);
        }
    }

    private void decide(FileUses file, @Nullable String keptBecause) {
        if (keptBecause != null && !uses(file).isEmpty()) {
            kept.put(file.path(), ExchangeRefusals.kept(keptBecause));
            causes.putIfAbsent(root(file.path()), file.path());
        }
        for (Use use : uses(file)) {
            if (own(use) != null) {
                causes.putIfAbsent(root(file.path()), use.api() + " at " + file.path() + ":" + use.line());
            }
        }
    }

    private @Nullable Refusal own(Use use) {
        return use.refusal() != null && !caught.contains(use.tree()) ? use.refusal() : refused.get(use.tree());
    }

    /** Every use of a file, with the catch clauses and the calls of others that turned out to be one. */
    List<Use> uses(FileUses file) {
        List<Use> all = new ArrayList<>(file.uses());
        all.addAll(late.getOrDefault(file.path(), List.of()));
        return all;
    }

    /** Whether a file is rewritten. */
    boolean isRewritten(String path) {
        return !causes.containsKey(root(path));
    }

    /** Whether a type in a catch clause is about failures of caches. */
    boolean isCaught(UUID type) {
        return caught.contains(type);
    }

    /** Why a use stays; null when it is rewritten. */
    @Nullable
    Refusal refusal(String path, Use use) {
        Refusal own = own(use);
        if (own == null) {
            own = kept.get(path);
        }
        String cause = causes.get(root(path));
        return own != null || cause == null ? own : Refusal.shared(cause);
    }

    private String root(String path) {
        String parent = parents.getOrDefault(path, path);
        return parent.equals(path) ? path : root(parent);
    }

    private void join(String one, String other) {
        String first = root(one);
        String second = root(other);
        if (!first.equals(second)) {
            parents.put(second, first);
        }
    }
}
