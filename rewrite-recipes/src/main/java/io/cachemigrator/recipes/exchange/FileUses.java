package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.services.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one file has to do with caches of a family. Filled by the scan. */
final class FileUses {
    private final String path;
    private final List<Use> uses = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Catch> catches = new ArrayList<>();
    private final List<Use> checks = new ArrayList<>();
    private final Map<String, Set<String>> classes = new LinkedHashMap<>();
    private final Map<UUID, Refusal> adapted = new HashMap<>();
    private final Map<UUID, Supplier<@Nullable Refusal>> pending = new HashMap<>();
    private final List<Use> documented = new ArrayList<>();
    private final Set<String> meetings = new LinkedHashSet<>();
    private final Set<String> called = new LinkedHashSet<>();
    private boolean loads;
    private boolean foreign;

    FileUses(String path) {
        this.path = path;
    }

    /**
     * A place that uses a type of the caches.
     *
     * @param tree the name
     * @param line its line
     * @param api type and member
     * @param refusal why it stays; null when it need not
     */
    record Use(UUID tree, int line, String api, @Nullable Refusal refusal) {}

    /**
     * A use of a class whose declaration names a type of the caches, so that both must agree.
     *
     * @param other name of that class
     * @param at where
     */
    record Link(String other, Use at) {}

    /**
     * A catch clause for what a cache may throw.
     *
     * @param at the type in the clause
     * @param cache whether a cache is called in the try
     * @param foreign whether something is called there that may throw the same by itself
     * @param called classes whose methods are called there, beside the platform's
     * @param shared whether the type is one that other code throws too
     */
    record Catch(Use at, boolean cache, boolean foreign, Set<String> called, boolean shared) {}

    String path() {
        return path;
    }

    /** Uses, without those in catch clauses and checks. */
    List<Use> uses() {
        return uses;
    }

    List<Link> links() {
        return links;
    }

    List<Catch> catches() {
        return catches;
    }

    /** Places that ask for the type of a failure outside a catch. */
    List<Use> checks() {
        return checks;
    }

    /** Names of the classes in the file, each with those of what it extends and implements. */
    Map<String, Set<String>> classes() {
        return classes;
    }

    /** Uses that are rewritten with something of the family left behind, by tree. */
    Map<UUID, Refusal> adapted() {
        return adapted;
    }

    /** Questions about uses that are answered when all files were seen, by tree. */
    Map<UUID, Supplier<@Nullable Refusal>> pending() {
        return pending;
    }

    /** Links in documentation to types that are renamed. */
    List<Use> documented() {
        return documented;
    }

    /** Names of places where values meet without their types; all files at one must agree. */
    Set<String> meetings() {
        return meetings;
    }

    /** Classes whose methods are called, beside the platform's. */
    Set<String> called() {
        return called;
    }

    /** Whether a cache is called in a way that may throw what a load throws. */
    boolean loads() {
        return loads;
    }

    void seesLoad() {
        loads = true;
    }

    /** Whether something else is called that may throw the same. */
    boolean foreign() {
        return foreign;
    }

    void seesForeign() {
        foreign = true;
    }

    void add(Use use) {
        uses.add(use);
    }

    /** Whether the file has nothing to do with caches, whatever it catches. */
    boolean isEmpty() {
        return uses.isEmpty() && links.isEmpty() && catches.isEmpty() && checks.isEmpty();
    }
}
