package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.FileFacts.Edge;
import io.cachemigrator.recipes.services.FileFacts.Site;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files are rewritten and which stay legacy.
 *
 * <p>A file is rewritten whole or stays whole. It stays when one of its uses has no replacement. From there the verdict
 * spreads until nothing changes: a legacy object can be handed on as a new one, through its accessor, but not the
 * other way round, so a file stays when it gives a value to one that stays, and when one that stays takes a value from
 * it. Where no accessor stands between (type arguments, overridden methods, options, statistics, injected beans, the
 * process's shared instance), both stay. Where a legacy object may be more than it seems (a subclass, a mock), its
 * accessor is no substitute either, and every file that it can reach stays. Immutable.
 */
final class Verdicts {
    private final Map<String, Refusal> legacy = new LinkedHashMap<>();
    private final Map<String, String> causes = new HashMap<>();
    private final Set<String> solid = new HashSet<>();
    private final Map<String, String> files = new HashMap<>();
    private final Set<String> durations = new HashSet<>();

    Verdicts(Collection<FileFacts> facts, Map<String, String> kept) {
        TreeMap<String, FileFacts> sorted = new TreeMap<>();
        facts.forEach(file -> sorted.put(file.path(), file));
        for (FileFacts file : sorted.values()) {
            file.classes().forEach(name -> files.put(name, file.path()));
            durations.addAll(file.positiveDurations());
        }
        for (FileFacts file : sorted.values()) {
            decide(file, kept.get(file.path()));
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (FileFacts file : sorted.values()) {
                for (Edge edge : file.edges()) {
                    changed |= spread(file.path(), edge, sorted);
                }
            }
        }
    }

    private void decide(FileFacts file, @Nullable String kept) {
        if (kept != null) {
            stay(file.path(), new Refusal("DOES_NOT_COMPILE", kept), file.path());
        }
        for (Site site : file.sites()) {
            Refusal refusal = own(site);
            if (refusal != null) {
                stay(file.path(), Refusal.shared(at(site, file)), at(site, file));
                solidify(file.path(), refusal);
            }
        }
        if (file.refusal() != null) {
            stay(file.path(), file.refusal(), file.path());
            solidify(file.path(), file.refusal());
        }
        for (Edge edge : file.edges()) {
            if (edge.way() != FileFacts.Way.MEETS && !files.containsKey(edge.other())) {
                stay(file.path(), Refusal.EXTERNAL_SIGNATURE, file.path());
            }
        }
    }

    private void solidify(String path, Refusal refusal) {
        if (refusal.hidesMore()) {
            solid.add(path);
        }
    }

    private static String at(Site site, FileFacts file) {
        return site.api() + " at " + file.path() + ":" + site.line();
    }

    private boolean stay(String path, Refusal refusal, String cause) {
        if (legacy.putIfAbsent(path, refusal) != null) {
            return false;
        }
        causes.put(path, cause);
        return true;
    }

    private boolean spread(String path, Edge edge, Map<String, FileFacts> sorted) {
        if (edge.way() == FileFacts.Way.MEETS) {
            boolean changed = false;
            if (legacy.containsKey(path)) {
                for (FileFacts other : sorted.values()) {
                    boolean met = other.edges().contains(edge);
                    changed |= met && follow(other.path(), path);
                    changed |= met && solid.contains(path) && solid.add(other.path());
                }
            }
            return changed;
        }
        String other = files.get(edge.other());
        if (other == null || other.equals(path)) {
            return false;
        }
        if (solid.contains(path) || solid.contains(other)) {
            boolean followed = follow(path, other) || follow(other, path);
            boolean spread = solid.add(path) || solid.add(other);
            return followed || spread;
        }
        return switch (edge.way()) {
            case GIVES -> follow(path, other);
            case TAKES -> follow(other, path);
            default -> follow(path, other) || follow(other, path);
        };
    }

    /** The first stays if the second does. */
    private boolean follow(String path, String leader) {
        String cause = causes.get(leader);
        return cause != null && stay(path, Refusal.shared(cause), cause);
    }

    /** Whether a file stays legacy. */
    boolean staysLegacy(String path) {
        return legacy.containsKey(path);
    }

    /** Whether the file of a class stays legacy; false for classes of no file. */
    boolean ownerStaysLegacy(@Nullable String className) {
        String path = className == null ? null : files.get(className);
        return path != null && legacy.containsKey(path);
    }

    /** Whether the file of a class is rewritten; false for classes of no file. */
    boolean ownerIsRewritten(@Nullable String className) {
        String path = className == null ? null : files.get(className);
        return path != null && !legacy.containsKey(path);
    }

    /** Why a use stays whatever its surroundings do; null when it need not. */
    private @Nullable Refusal own(Site site) {
        if (site.refusal() != null) {
            return site.refusal();
        }
        return site.duration() == null || durations.contains(site.duration()) ? null : Refusal.TTL;
    }

    /** Why a use stays; null when it is rewritten. */
    @Nullable
    Refusal refusal(String path, Site site) {
        Refusal file = legacy.get(path);
        Refusal own = own(site);
        return own != null ? own : file;
    }
}
