package io.cachemigrator.recipes.replace;

import io.cachemigrator.recipes.services.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one file has to do with a family. Filled by the scan. */
final class FileUses {
    private final String path;
    private final List<Use> uses = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Catch> catches = new ArrayList<>();
    private final List<Use> checks = new ArrayList<>();
    private final Map<String, Set<String>> classes = new LinkedHashMap<>();
    private final Map<UUID, Refusal> adapted = new HashMap<>();
    private final Set<String> meetings = new LinkedHashSet<>();
    private final Set<String> called = new LinkedHashSet<>();
    private boolean calls;
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
     * A catch clause for what a family throws.
     *
     * @param at the type in the clause
     * @param own whether something replaced is called in the try
     * @param foreign whether something is called there that may throw the same by itself
     * @param called classes whose methods are called there, beside the platform's
     */
    record Catch(Use at, boolean own, boolean foreign, Set<String> called) {}

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

    /** Places that keep everything that is replaced, such as those that ask for the type of a failure outside a catch. */
    List<Use> checks() {
        return checks;
    }

    /** Names of the classes in the file, each with those of what it extends and implements. */
    Map<String, Set<String>> classes() {
        return classes;
    }

    /** Uses that are rewritten and not quite the same, by tree. */
    Map<UUID, Refusal> adapted() {
        return adapted;
    }

    /** Names of places where values meet without their types; all files at one must agree. */
    Set<String> meetings() {
        return meetings;
    }

    /** Classes whose methods are called, beside the platform's. */
    Set<String> called() {
        return called;
    }

    /** Whether something replaced is called. */
    boolean calls() {
        return calls;
    }

    void seesCall() {
        calls = true;
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
