package io.cachemigrator.recipes.ehcache;

import io.cachemigrator.recipes.services.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a use of Ehcache 2 stays, beside what every family has. */
final class EhcacheRefusals {
    static final Refusal SUBCLASS = new Refusal(
            "CACHE_SUBCLASS", "A class extends or implements a type of Ehcache. Hold that in a field instead.");
    static final Refusal DISK = new Refusal(
            "DISK",
            "The cache may overflow to disk, which the new one never does. Give false, or keep Ehcache for it.");
    static final Refusal SERIALIZED = new Refusal(
            "SERIALIZED",
            "The element is used as a serializable object, which the new one is not. Use its key and value.");
    private static final Refusal LOCK =
            new Refusal("KEY_LOCK", "The new cache has no locks on keys. Lock in the application, or keep Ehcache.");
    private static final Refusal SEARCH =
            new Refusal("SEARCH", "The new cache cannot be searched. Keep an index of your own, or keep Ehcache.");
    private static final Refusal WRITER =
            new Refusal("CACHE_WRITER", "The new cache writes nothing through or behind. Write in the application.");
    private static final Refusal LOADER = new Refusal(
            "CACHE_LOADER", "The new cache of elements loads nothing. Load in the application, or use a region.");
    private static final Refusal TRANSACTION = new Refusal(
            "TRANSACTION", "The new cache takes no part in transactions. Change what relies on that first.");
    private static final Refusal DECORATOR =
            new Refusal("DECORATOR", "Decorated caches have no counterpart. Use the cache behind the decorator.");
    private static final Refusal LISTENER =
            new Refusal("EVENT_LISTENER", "The new cache tells no listeners. Do what they do where the cache is used.");
    private static final Refusal BOOTSTRAP =
            new Refusal("BOOTSTRAP", "The new cache begins empty. Fill it in the application.");
    private static final Refusal CLUSTER =
            new Refusal("CLUSTER", "The new cache stays in its process. Use a region where processes share entries.");

    private static final Map<Pattern, Refusal> BY_TYPE = new LinkedHashMap<>();
    private static final Map<Pattern, Refusal> BY_MEMBER = new LinkedHashMap<>();

    static {
        type("search\\..*|config\\.Search.*", SEARCH);
        type("writer\\..*|config\\.CacheWriter.*", WRITER);
        type("loader\\..*", LOADER);
        type("transaction\\..*|TransactionController", TRANSACTION);
        type("constructs\\..*", DECORATOR);
        type("event\\..*", LISTENER);
        type("bootstrap\\..*", BOOTSTRAP);
        type("(distribution|terracotta|cluster)\\..*|config\\.Terracotta.*", CLUSTER);
        member("(acquire|release|try)(Read|Write)LockOnKey|is(Read|Write)LockedByCurrentThread", LOCK);
        member("createQuery|getSearchAttributes?|isSearchable|searchable|addSearchable", SEARCH);
        member("(put|remove)WithWriter|.*CacheWriter|getWriterManager|cacheWriter", WRITER);
        member(".*WithLoader|load|loadAll|.*RegisteredCacheLoaders?|(un)?registerCacheLoader", LOADER);
        member(".*[tT]ransaction.*", TRANSACTION);
        member(".*Decorat.*", DECORATOR);
        member(".*Event.*", LISTENER);
        member(".*[bB]ootstrap.*", BOOTSTRAP);
        member(".*([tT]erracotta|[cC]luster|[cC]oherent).*", CLUSTER);
        member(".*(Disk|disk|OffHeap|offHeap|ersistence).*", DISK);
    }

    private EhcacheRefusals() {}

    private static void type(String pattern, Refusal refusal) {
        BY_TYPE.put(Pattern.compile("net\\.sf\\.ehcache\\.(" + pattern + ")"), refusal);
    }

    private static void member(String pattern, Refusal refusal) {
        BY_MEMBER.put(Pattern.compile(pattern), refusal);
    }

    private static @Nullable Refusal find(Map<Pattern, Refusal> rules, String name) {
        return rules.entrySet().stream()
                .filter(rule -> rule.getKey().matcher(name).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Of a type that is not replaced. */
    static @Nullable Refusal ofType(String name) {
        return find(BY_TYPE, name);
    }

    /** Of a member that the replacement does not have. */
    static Refusal ofMember(String api, String name) {
        Refusal known = find(BY_MEMBER, name);
        return known == null
                ? Refusal.noCounterpart(api, "Write down what it is used for, and do that by hand.")
                : known;
    }

    /** A configuration that cannot be kept. */
    static Refusal feature(String path, String problem) {
        return new Refusal(
                "XML_FEATURE",
                "The configuration " + path + " " + problem + ", which the new caches do not have. Remove that first.");
    }

    /** A configuration that is not among the files of the project. */
    static Refusal notFound(String name) {
        return new Refusal(
                "XML_NOT_FOUND",
                "The configuration " + name
                        + " is not among the files of the project, so nobody knows whether it can be kept. Put it there.");
    }
}
