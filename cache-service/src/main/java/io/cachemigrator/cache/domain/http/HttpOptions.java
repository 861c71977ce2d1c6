package io.cachemigrator.cache.domain.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one response is kept. Immutable; the {@code with} methods return changed copies.
 *
 * @param ttl positive: how long it is fresh; null = the policy's
 * @param staleTtl zero or more: how long after that it may be served as stale; null = the policy's
 * @param tags what it can be invalidated by
 * @param vary names of the request headers that it depends on, in lower case
 */
public record HttpOptions(@Nullable Duration ttl, @Nullable Duration staleTtl, List<String> tags, List<String> vary) {

    /** The policy's times, no tags, the same for every request. */
    public static final HttpOptions DEFAULTS = new HttpOptions(null, null, List.of(), List.of());

    /** Checks and copies. */
    public HttpOptions {
        boolean fresh = ttl == null || !(ttl.isZero() || ttl.isNegative());
        boolean stale = staleTtl == null || !staleTtl.isNegative();
        if (!fresh || !stale) {
            throw new IllegalArgumentException("A response's time is " + ttl + " and " + staleTtl
                    + " stale. Give a positive one, and zero or more for stale.");
        }
        tags = List.copyOf(tags);
        vary = vary.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * What a response's own headers ask of a shared cache (RFC 9111, RFC 5861): {@code s-maxage} before {@code max-age},
     * {@code stale-while-revalidate}, {@code Vary}. Empty when it must not be kept: {@code no-store}, {@code private},
     * {@code no-cache}, {@code Vary: *}, a cookie, or no time left.
     */
    public static Optional<HttpOptions> of(Map<String, String> responseHeaders) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(responseHeaders);
        Map<String, String> control = directives(headers.getOrDefault("Cache-Control", ""));
        List<String> vary = Stream.of(headers.getOrDefault("Vary", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        boolean forbidden = Stream.of("no-store", "private", "no-cache").anyMatch(control::containsKey);
        if (forbidden || vary.contains("*") || headers.containsKey("Set-Cookie")) {
            return Optional.empty();
        }
        @Nullable Duration fresh = seconds(control.get("s-maxage"));
        fresh = fresh == null ? seconds(control.get("max-age")) : fresh;
        if (fresh != null && fresh.isZero()) {
            return Optional.empty();
        }
        return Optional.of(new HttpOptions(fresh, seconds(control.get("stale-while-revalidate")), List.of(), vary));
    }

    private static Map<String, String> directives(String header) {
        return Stream.of(header.split(","))
                .map(part -> part.strip().toLowerCase(Locale.ROOT).split("=", 2))
                .filter(part -> !part[0].isEmpty())
                .collect(Collectors.toMap(
                        part -> part[0].strip(),
                        part -> part.length < 2 ? "" : part[1].strip(),
                        (first, second) -> first));
    }

    private static @Nullable Duration seconds(@Nullable String text) {
        return text == null || !text.replace("\"", "").matches("[0-9]{1,9}")
                ? null
                : Duration.ofSeconds(Long.parseLong(text.replace("\"", "")));
    }

    /** Options with a time for which the response is fresh. */
    public static HttpOptions ttl(Duration fresh) {
        return DEFAULTS.withTtl(fresh);
    }

    /** A copy that is fresh for another time; null = the policy's. */
    public HttpOptions withTtl(@Nullable Duration fresh) {
        return new HttpOptions(fresh, staleTtl, tags, vary);
    }

    /** A copy that may be served as stale for another time; null = the policy's. */
    public HttpOptions withStaleTtl(@Nullable Duration stale) {
        return new HttpOptions(ttl, stale, tags, vary);
    }

    /** A copy with these tags instead. */
    public HttpOptions withTags(String... newTags) {
        return new HttpOptions(ttl, staleTtl, List.of(newTags), vary);
    }

    /** A copy that depends on these request headers instead. */
    public HttpOptions withVary(String... headers) {
        return new HttpOptions(ttl, staleTtl, tags, List.of(headers));
    }
}
