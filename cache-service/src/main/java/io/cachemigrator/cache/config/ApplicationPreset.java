package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the cache of a whole application, under the names that {@code CACHE_PRESET} has had for them. Whatever is set
 * afterwards replaces what a preset says. None of them names a store. For regions alone there is {@link CachePreset}.
 */
public enum ApplicationPreset {
    /** As little as can be, where caching must not matter. */
    DISABLED(CacheEnvironment.TESTING, 300, 1, 1, 10, 10_000, 1),
    /** Where memory is short. */
    MINIMAL(null, 900, 2, 3, 25, 5_000, 1),
    /** What suits most. */
    SIMPLE(CacheEnvironment.DEVELOPMENT, 3_600, 5, 5, 100, 1_000, 6),
    /** A developer's machine. */
    DEVELOPMENT(CacheEnvironment.DEVELOPMENT, 600, 3, 2, 50, 2_000, 3),
    /** Services. */
    PRODUCTION(CacheEnvironment.PRODUCTION, 7_200, 20, 10, 500, 500, 9),
    /** A developer's machine, for answers of language models. */
    AI_DEVELOPMENT(CacheEnvironment.DEVELOPMENT, 1_800, 5, 5, 100, 1_000, 6),
    /** Services that keep answers of language models. */
    AI_PRODUCTION(CacheEnvironment.PRODUCTION, 14_400, 25, 15, 1_000, 300, 9);

    private static final List<String> OPERATIONS = List.of("summarize", "sentiment", "key_points", "questions", "qa");
    private static final Set<String> AI_LIKE = Set.of("ai");
    private static final Set<String> STAGING_LIKE = Set.of("staging", "stage", "stg", "uat", "preprod");
    private static final Set<String> DEVELOPMENT_LIKE =
            Set.of("development", "develop", "dev", "local", "testing", "test", "ci");
    private static final Set<String> PRODUCTION_LIKE = Set.of("production", "prod", "live", "main", "master");

    private static final Map<String, Recommended> KNOWN = Map.ofEntries(
            Map.entry("development", new Recommended(DEVELOPMENT, 0.95)),
            Map.entry("dev", new Recommended(DEVELOPMENT, 0.90)),
            Map.entry("testing", new Recommended(DEVELOPMENT, 0.85)),
            Map.entry("test", new Recommended(DEVELOPMENT, 0.85)),
            Map.entry("staging", new Recommended(PRODUCTION, 0.90)),
            Map.entry("stage", new Recommended(PRODUCTION, 0.85)),
            Map.entry("production", new Recommended(PRODUCTION, 0.95)),
            Map.entry("prod", new Recommended(PRODUCTION, 0.90)),
            Map.entry("live", new Recommended(PRODUCTION, 0.85)),
            Map.entry("ai-development", new Recommended(AI_DEVELOPMENT, 0.95)),
            Map.entry("ai-dev", new Recommended(AI_DEVELOPMENT, 0.90)),
            Map.entry("ai-production", new Recommended(AI_PRODUCTION, 0.95)),
            Map.entry("ai-prod", new Recommended(AI_PRODUCTION, 0.90)));

    private final @Nullable CacheEnvironment environment;
    private final long defaultTtlSeconds;
    private final long connections;
    private final long timeoutSeconds;
    private final long memoryEntries;
    private final long compressionThreshold;
    private final long compressionLevel;

    ApplicationPreset(
            @Nullable CacheEnvironment environment,
            long defaultTtlSeconds,
            long connections,
            long timeoutSeconds,
            long memoryEntries,
            long compressionThreshold,
            long compressionLevel) {
        this.environment = environment;
        this.defaultTtlSeconds = defaultTtlSeconds;
        this.connections = connections;
        this.timeoutSeconds = timeoutSeconds;
        this.memoryEntries = memoryEntries;
        this.compressionThreshold = compressionThreshold;
        this.compressionLevel = compressionLevel;
    }

    /** What it says of answers of language models; null = none are cached. */
    private @Nullable AiConfig ai() {
        return switch (this) {
            case AI_DEVELOPMENT ->
                ai(500, new TextTiers(500, 2_000, 10_000), 50_000, List.of(1_800, 900, 1_200, 1_500, 900));
            case AI_PRODUCTION ->
                ai(1_000, new TextTiers(1_000, 5_000, 25_000), 200_000, List.of(14_400, 7_200, 10_800, 9_600, 7_200));
            case DISABLED, MINIMAL, SIMPLE, DEVELOPMENT, PRODUCTION -> null;
        };
    }

    /** The times are those of {@link #OPERATIONS}, in seconds. */
    private static AiConfig ai(int hashed, TextTiers tiers, int longest, List<Integer> seconds) {
        Map<String, Duration> times = new TreeMap<>();
        for (int i = 0; i < OPERATIONS.size(); i++) {
            times.put(OPERATIONS.get(i), Duration.ofSeconds(seconds.get(i)));
        }
        return AiConfig.DEFAULTS
                .withTextHashThreshold(hashed)
                .withTextTiers(tiers)
                .withMaxTextLength(longest)
                .withOperationTtls(times);
    }

    /**
     * The preset of a name, whatever its case.
     *
     * @throws ConfigurationException if there is none; the context has {@code requested_preset} and {@code available}
     */
    public static ApplicationPreset named(String name) {
        return find(name).orElseThrow(() -> unknown(name, labels()));
    }

    static Optional<ApplicationPreset> find(String name) {
        String label = normalized(name);
        return Arrays.stream(values())
                .filter(preset -> preset.label().equals(label))
                .findFirst();
    }

    static ConfigurationException unknown(String name, List<String> available) {
        return new ConfigurationException(
                CacheErrorCode.BAD_CONFIGURATION,
                "There is no preset '" + name + "'; allowed: " + String.join(", ", available) + ". Name one of them.",
                Map.of("requested_preset", name, "available", available));
    }

    /**
     * The preset that suits an environment by its name. Names are taken apart at everything that is neither letter nor digit, so
     * that {@code ai} is found in {@code ai-live} and not in {@code maintenance}.
     */
    public static Recommended recommend(String environmentName) {
        String name = normalized(environmentName);
        Recommended known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        List<String> tokens = List.of(name.split("[^a-z0-9]+"));
        if (tokens.stream().anyMatch(AI_LIKE::contains)) {
            return tokens.stream().anyMatch(PRODUCTION_LIKE::contains)
                    ? new Recommended(AI_PRODUCTION, 0.80)
                    : new Recommended(AI_DEVELOPMENT, 0.75);
        }
        if (tokens.stream().anyMatch(STAGING_LIKE::contains)) {
            return new Recommended(PRODUCTION, 0.70);
        }
        if (tokens.stream().anyMatch(DEVELOPMENT_LIKE::contains)) {
            return new Recommended(DEVELOPMENT, 0.75);
        }
        return tokens.stream().anyMatch(PRODUCTION_LIKE::contains)
                ? new Recommended(PRODUCTION, 0.75)
                : new Recommended(SIMPLE, 0.40);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(ApplicationPreset::label).toList();
    }

    private static String normalized(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name in lower case, with dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A builder that starts from this preset. */
    public CacheConfigBuilder builder() {
        return CacheConfig.builder().startFrom(this);
    }

    void applyTo(CacheTuning tuning) {
        tuning.environment = environment;
        tuning.defaultTtlSeconds = defaultTtlSeconds;
        tuning.connections = connections;
        tuning.timeoutSeconds = timeoutSeconds;
        tuning.memoryEntries = memoryEntries;
        tuning.compressionThreshold = compressionThreshold;
        tuning.compressionLevel = compressionLevel;
        tuning.ai = ai();
    }

    /**
     * A preset for an environment. Immutable.
     *
     * @param preset the preset
     * @param confidence how sure that is, 0 to 1
     */
    public record Recommended(ApplicationPreset preset, double confidence) {}
}
