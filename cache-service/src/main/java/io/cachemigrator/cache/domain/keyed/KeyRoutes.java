package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which region a key belongs to, by its prefix. Plain data, immutable; the longest prefix wins, and a key that matches
 * none belongs to the fallback region under its whole text.
 *
 * @param routes routes by prefix, each prefix once
 * @param fallback region of the keys that no prefix claims
 */
public record KeyRoutes(List<Route> routes, String fallback) {

    /** The namespace of the conversation services, whose keys are spread over several regions. */
    public static final String SERVICES_NAMESPACE = "ngx";

    private static final String RESPONSES = "http:";

    /** How values of a route are kept. */
    public enum Shape {
        /** As they are. */
        PLAIN,
        /** As the payload of a precomputed response: text, confidence, time of creation, and the whole value. */
        PRECOMPUTED
    }

    /**
     * One route.
     *
     * @param prefix what keys start with
     * @param region region they belong to
     * @param storedPrefix what stands in the entry's id in place of {@code prefix}; mostly the same
     * @param defaultTtl the region's default time to live; null = entries stay until removed
     * @param shape how values are kept
     */
    public record Route(
            String prefix,
            String region,
            String storedPrefix,
            @Nullable Duration defaultTtl,
            Shape shape) {

        /** A route that changes neither id nor value. */
        public static Route of(String prefix, String region, @Nullable Duration defaultTtl) {
            return new Route(prefix, region, prefix, defaultTtl, Shape.PLAIN);
        }

        /** The id of the entry that {@code key} names. */
        public String idOf(String key) {
            return storedPrefix + key.substring(prefix.length());
        }
    }

    /** Checks and copies. */
    public KeyRoutes {
        routes = List.copyOf(routes);
        Set<String> prefixes = routes.stream().map(Route::prefix).collect(Collectors.toSet());
        if (prefixes.size() < routes.size() || prefixes.contains("")) {
            throw new IllegalArgumentException(
                    "Two routes share a prefix, or one has none. Give every route a prefix of its own.");
        }
    }

    /** Every key in one region. */
    public static KeyRoutes single(String region) {
        return new KeyRoutes(List.of(), region);
    }

    /**
     * The routes of a legacy namespace: those of {@link #services()} for {@code ngx}; for any other the same ids and shapes,
     * all in one region with one hour as its default. That region is named after the namespace, in lower case with
     * {@code -} for what a region's name cannot hold, and {@code r-} before it when it does not start with a letter: where a
     * copy puts such entries too. Namespaces that differ in nothing else share a region.
     */
    public static KeyRoutes forNamespace(String namespace) {
        if (namespace.equals(SERVICES_NAMESPACE)) {
            return services();
        }
        String letters = namespace.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String region = letters.matches("[a-z].*") ? letters : "r-" + letters;
        List<Route> routes = services().routes().stream()
                .filter(route -> route.shape() != Shape.PLAIN)
                .map(route -> new Route(
                        route.prefix(),
                        region,
                        route.storedPrefix(),
                        RegionConfig.builder(region).build().defaultTtl(),
                        route.shape()))
                .toList();
        return new KeyRoutes(routes, region);
    }

    /** The routes of the conversation services. */
    public static KeyRoutes services() {
        return new KeyRoutes(
                List.of(
                        Route.of("conv:", "conversations", Duration.ofHours(2)),
                        Route.of("cust:", "customers", Duration.ofHours(3)),
                        Route.of("pred:", "predictions", Duration.ofHours(1)),
                        Route.of("tier:", "tiers", Duration.ofHours(2)),
                        Route.of("prog:", "programs", Duration.ofHours(4)),
                        Route.of("roi:", "roi", Duration.ofHours(2)),
                        Route.of("conf:", "agent-config", Duration.ofHours(6)),
                        Route.of("know:", "knowledge", Duration.ofDays(3)),
                        Route.of("exp:", "experiments", Duration.ofHours(1)),
                        Route.of("prompt:", "prompts", Duration.ofHours(2)),
                        Route.of("emotional:", "emotional-profiles", Duration.ofMinutes(30)),
                        Route.of("metr:", "metrics", null),
                        Route.of("precomp:", "precomputed-responses", Duration.ofHours(3)),
                        new Route(
                                "response:",
                                "precomputed-responses",
                                "precomp:",
                                Duration.ofHours(3),
                                Shape.PRECOMPUTED),
                        Route.of(RESPONSES, "http-responses", Duration.ofHours(1))),
                "general");
    }

    /** The routes of application caches: answers of language models by their old prefix, all else under its whole key. */
    public static KeyRoutes applications() {
        return new KeyRoutes(
                List.of(new Route("ai_cache:", "ai-responses", "", Duration.ofHours(1), Shape.PLAIN)), "web");
    }

    /** The route of a key; empty when it belongs to the fallback region. */
    public Optional<Route> routeOf(String key) {
        Route best = null;
        for (Route route : routes) {
            boolean longer =
                    best == null || route.prefix().length() > best.prefix().length();
            if (longer && key.startsWith(route.prefix())) {
                best = route;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Names of all regions, the fallback last. */
    public Set<String> regions() {
        return regionConfigs().keySet();
    }

    /** Configurations of all regions by name: default times to live, and for HTTP responses compression and an index
     * of tags; all else as the service has it.
     */
    public Map<String, RegionConfig> regionConfigs() {
        Map<String, RegionConfig> configs = new LinkedHashMap<>();
        for (Route route : routes) {
            RegionConfig.Builder builder = RegionConfig.builder(route.region());
            Duration ttl = route.defaultTtl();
            if (route.prefix().equals(RESPONSES)) {
                // bodies are large, and removed by tag
                builder.compression(CompressionConfig.DEFAULTS).tagIndex(true);
            }
            configs.putIfAbsent(
                    route.region(), (ttl == null ? builder.noDefaultTtl() : builder.defaultTtl(ttl)).build());
        }
        configs.putIfAbsent(fallback, RegionConfig.builder(fallback).build());
        return configs;
    }
}
