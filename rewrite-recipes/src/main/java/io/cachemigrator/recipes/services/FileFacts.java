package io.cachemigrator.recipes.services;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one file does with legacy types, as the scan finds it. Filled by one thread. */
final class FileFacts {
    private final String path;
    private final List<Site> sites = new ArrayList<>();
    private final Set<String> classes = new LinkedHashSet<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final Set<String> positiveDurations = new LinkedHashSet<>();
    private final List<Site> flags = new ArrayList<>();
    private @Nullable Refusal refusal;

    FileFacts(String path) {
        this.path = path;
    }

    /**
     * A place that uses a legacy API.
     *
     * @param tree the name, or the construction
     * @param line its line
     * @param api type and member
     * @param bridge whether it hands out the new object behind a legacy one
     * @param refusal why it stays; null when it need not
     * @param duration a constant that must be a positive duration, else the call stays; null when there is none
     */
    record Site(
            UUID tree,
            int line,
            String api,
            boolean bridge,
            @Nullable Refusal refusal,
            @Nullable String duration) {}

    /** How a value of a legacy type, or the type itself, goes between two files. */
    enum Way {
        /** This file hands a value to the other. */
        GIVES,
        /** This file takes a value from the other. */
        TAKES,
        /** Both must agree on the type. */
        SHARES,
        /** All files with the same name of a meeting place must agree. */
        MEETS
    }

    /**
     * A way to another file.
     *
     * @param way how
     * @param other a class of the other file, or the meeting place
     */
    record Edge(Way way, String other) {}

    String path() {
        return path;
    }

    List<Site> sites() {
        return sites;
    }

    Set<String> classes() {
        return classes;
    }

    Set<Edge> edges() {
        return edges;
    }

    /** Constants that hold a positive duration, as {@code class.name}. */
    Set<String> positiveDurations() {
        return positiveDurations;
    }

    /** Places that a person should look at, and that keep nothing from being rewritten; each has its reason as refusal. */
    List<Site> flags() {
        return flags;
    }

    void flag(Site flag) {
        flags.add(flag);
    }

    boolean isEmpty() {
        return sites.isEmpty() && edges.isEmpty() && flags.isEmpty();
    }

    void add(Site site) {
        sites.add(site);
    }

    void edge(Way way, String other) {
        edges.add(new Edge(way, other));
    }

    /** Why the whole file stays; the first reason counts. */
    void refuse(Refusal why) {
        if (refusal == null) {
            refusal = why;
        }
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }
}
