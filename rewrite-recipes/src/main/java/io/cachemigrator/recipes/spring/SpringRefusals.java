package io.cachemigrator.recipes.spring;

import io.cachemigrator.recipes.services.Refusal;

/** Why a cache manager of Spring stays, beside what every family has. */
final class SpringRefusals {
    static final Refusal BY_VALUE = new Refusal(
            "STORE_BY_VALUE",
            "Caches of this process keep references. Give ConsolidatedCacheManager a region, which keeps copies, or copy values yourself.");
    static final Refusal OWN_MAP = new Refusal(
            "OWN_MAP",
            "The cache is over a map that others may use. Make an InMemoryCache, or one over a LocalCache, by hand.");
    static final Refusal NATIVE = new Refusal(
            "NATIVE_CACHE",
            "What is behind a cache is another type afterwards, and who asks for it is not known. Change this place first.");
    static final Refusal BUILDER = new Refusal(
            "CAFFEINE_BUILDER",
            "Only a builder that is written where it is given is followed, with sizes, times and references. Give ConsolidatedCacheManager.setCacheBuilder a LocalCacheBuilder by hand.");
    static final Refusal SPECIFICATION = new Refusal(
            "CAFFEINE_SPEC",
            "Only a literal with sizes, simple times and references is read the same way. Give ConsolidatedCacheManager.setCacheSpecification one by hand.");
    static final Refusal STATISTICS = new Refusal(
            "STATISTICS",
            "Statistics of Caffeine are published by its type, and would be missed. Publish those of LocalCache by hand, or leave recordStats out.");
    static final Refusal CAFFEINE = new Refusal(
            "CAFFEINE_CACHE",
            "The cache or the setting is Caffeine's own. Put a LocalCache behind an InMemoryCache by hand.");
    static final Refusal REDIS = new Refusal(
            "REDIS_CACHE",
            "Values are serialised in a way that is another for each configuration, and keys have prefixes that others read. Say ConsolidatedCacheManager.withRegion for each cache with its type, and have the data moved by a map of your own.");
    static final Refusal MANAGER = new Refusal(
            "NO_COUNTERPART", "The member has no counterpart. Write down what it is used for, and do that by hand.");

    static final Refusal SUBCLASS = new Refusal(
            "CACHE_SUBCLASS",
            "A class extends a manager or a cache, and the replacement is final. Hold it in a field instead.");
    static final Refusal STAND_IN = new Refusal(
            "RAW_REFLECTION",
            "Something stands in for a manager or a cache here, and the replacement is final. Use a real one.");

    private SpringRefusals() {}
}
