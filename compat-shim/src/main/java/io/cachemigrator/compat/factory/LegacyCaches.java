package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.factory.CacheFactory;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The legacy way to get a cache: the environment decides. The same environment gives the same cache, until it is closed by
 * {@link #closeAll}. Thread safe.
 *
 * @deprecated use {@link CacheFactory}; the recipe {@code io.cachemigrator.recipes.factory.MigrateFactory} rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
@SuppressWarnings("removal") // the legacy family is itself
public final class LegacyCaches {
    private static final String TYPE = "CACHE_TYPE";
    private static final String USE_REDIS = "USE_REDIS";
    private static final String URL = "REDIS_URL";
    private static final String URL_TODAY = "CACHE_REDIS_URI";
    private static final List<String> SIZES = List.of("CACHE_DEFAULTS_MEMORY_MAX_ENTRIES", "CACHE_SIZE");
    private static final String NEW_FLAG = "USE_NEW_CACHE_FACTORY";
    private static final String OLD_FLAG = "USE_LEGACY_CACHE";
    private static final int DEFAULT_SIZE = 100;
    private static final int MOST = 100_000;
    private static final String AI = "ai";
    private static final String MEMORY = "memory";
    private static final List<String> DECIDING = List.of(TYPE, USE_REDIS, URL, URL_TODAY, NEW_FLAG, OLD_FLAG);

    // What an environment asks for is one cache of the process, as one pool of connections is enough.
    private static final Map<String, LegacyCache> OPEN = new LinkedHashMap<>();

    private LegacyCaches() {}

    /**
     * The cache that this process's environment asks for.
     *
     * @throws ConfigurationException if a variable has a value that it cannot have
     * @deprecated use {@link CacheFactory#shared(io.cachemigrator.cache.config.CacheConfig)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static CacheInterface getCacheInstance() {
        LegacyUsage.shared().record(LegacyCaches.class, "getCacheInstance", "CacheFactory.shared");
        return instance(System.getenv());
    }

    /**
     * The cache that an environment asks for.
     *
     * @param environment variables by name
     * @throws ConfigurationException if a variable has a value that it cannot have
     * @deprecated use {@link CacheFactory#shared(io.cachemigrator.cache.config.CacheConfig)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static CacheInterface getCacheInstance(Map<String, String> environment) {
        LegacyUsage.shared().record(LegacyCaches.class, "getCacheInstance", "CacheFactory.shared");
        return instance(environment);
    }

    /**
     * The cache of answers of this process's environment, which is on Redis.
     *
     * @throws ConfigurationException if a variable has a value that it cannot have
     * @deprecated use {@link CacheFactory#sharedAiApp(java.util.function.Consumer)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static AiResponseCache getAiCache() {
        LegacyUsage.shared().record(LegacyCaches.class, "getAiCache", "CacheFactory.sharedAiApp");
        return (AiResponseCache) kept(AI, System.getenv());
    }

    /**
     * Which cache an environment asks for. A Redis that is named but not asked for is connected to once.
     *
     * @throws ConfigurationException if a variable has a value that it cannot have
     * @deprecated what the environment decided is decided by settings
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static Detection detect(Map<String, String> environment) {
        LegacyUsage.shared().record(LegacyCaches.class, "detect", "CacheConfig.builder().fromEnvironment");
        return decide(environment, url -> answers(environment));
    }

    /**
     * Closes the caches that were given out; the next call makes new ones.
     *
     * @deprecated close the cache that the factory made
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static synchronized void closeAll() {
        List<LegacyCache> closing = List.copyOf(OPEN.values());
        OPEN.clear();
        closing.forEach(LegacyCache::close);
    }

    private static CacheInterface instance(Map<String, String> environment) {
        return kept(decide(environment, url -> answers(environment)).backend(), environment);
    }

    private static synchronized CacheInterface kept(String backend, Map<String, String> environment) {
        String name = backend + new TreeMap<>(environment);
        LegacyCache open = OPEN.get(name);
        if (open == null || open.isClosed()) {
            open = made(backend, environment);
            OPEN.put(name, open);
        }
        return open;
    }

    private static LegacyCache made(String backend, Map<String, String> environment) {
        LegacyOptionsBuilder builder = LegacyOptions.builder(environment);
        if (usesNew(environment)) {
            builder.stage(StageSource.fixed(new Stage.Consolidated()));
        }
        LegacyOptions options = builder.build();
        return switch (backend) {
            case AI -> AiResponseCache.unrecorded(options);
            case "redis" -> GenericRedisCache.unrecorded(options);
            default -> InMemoryCache.unrecorded(options.defaultTtl(), size(environment));
        };
    }

    private static int size(Map<String, String> environment) {
        for (String name : SIZES) {
            String text = environment.getOrDefault(name, "").strip();
            if (!text.isEmpty()) {
                return size(name, text);
            }
        }
        return DEFAULT_SIZE;
    }

    private static int size(String name, String text) {
        if (text.matches("\\d{1,6}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw refused(List.of(name + " is '" + text + "'; allowed: 1 to 100,000"));
    }

    private static boolean answers(Map<String, String> environment) {
        try (OpenedCache opened =
                OpenedCache.ai(LegacyOptions.builder(environment).build())) {
            return opened.answers();
        }
    }

    static Detection decide(Map<String, String> environment, Predicate<String> reachable) {
        List<String> faults = new ArrayList<>();
        String type = text(environment, TYPE);
        if (!List.of("", "auto", MEMORY, "redis", AI).contains(type)) {
            faults.add(TYPE + " is '" + type + "'; allowed: auto, memory, redis, ai");
        }
        Boolean redis = flag(environment, USE_REDIS, faults);
        Boolean newer = flag(environment, NEW_FLAG, faults);
        Boolean older = flag(environment, OLD_FLAG, faults);
        if (newer != null && older != null && newer.equals(older)) {
            faults.add(NEW_FLAG + " and " + OLD_FLAG + " contradict each other; unset one of them");
        }
        if (!faults.isEmpty()) {
            throw refused(faults);
        }
        List<String> set = DECIDING.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .toList();
        if (!type.isEmpty() && !type.equals("auto")) {
            return new Detection(type, TYPE + " asks for it", set);
        }
        if (redis != null) {
            return redis
                    ? new Detection(AI, USE_REDIS + " is true", set)
                    : new Detection(MEMORY, USE_REDIS + " is false", set);
        }
        // once the settings have moved, the address has the name of today
        String name = environment.getOrDefault(URL, "").isBlank() ? URL_TODAY : URL;
        String url = environment.getOrDefault(name, "").strip();
        if (url.isEmpty()) {
            return new Detection(MEMORY, "neither " + TYPE + ", " + USE_REDIS + " nor " + URL + " is set", set);
        }
        return reachable.test(url)
                ? new Detection(AI, name + " is set, and the server answers", set)
                : new Detection(MEMORY, name + " is set, but the server does not answer", set);
    }

    private static boolean usesNew(Map<String, String> environment) {
        List<String> told = new ArrayList<>();
        return Boolean.TRUE.equals(flag(environment, NEW_FLAG, told))
                || Boolean.FALSE.equals(flag(environment, OLD_FLAG, told));
    }

    private static String text(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Boolean flag(Map<String, String> environment, String name, List<String> faults) {
        String text = text(environment, name);
        return switch (text) {
            case "" -> null;
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> {
                faults.add(name + " is '" + text + "'; allowed: true, false");
                yield null;
            }
        };
    }

    private static ConfigurationException refused(List<String> faults) {
        return new ConfigurationException(
                CacheErrorCode.BAD_CONFIGURATION,
                String.join("; ", faults) + ". Correct the variables.",
                Map.of("errors", faults));
    }
}
