package io.cachemigrator.cache.domain.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a response is an answer to. Immutable; header names are kept in lower case.
 *
 * @param id text that names the resource; requests that may share a response have the same
 * @param headers the request's headers by lower-case name, of which those count that a response names in {@code Vary}
 */
public record HttpKey(String id, Map<String, String> headers) {

    /** No header's name. */
    private static final String ANY = "*";

    /** Copies. */
    public HttpKey {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("The id of a request is empty. Give the text that names its resource.");
        }
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value.strip()));
        headers = Map.copyOf(lower);
    }

    /** A resource that is the same for every caller. */
    public static HttpKey of(String id) {
        return new HttpKey(id, Map.of());
    }

    /** A resource whatever headers a stored response depends on, for callers that tell requests apart by the id. */
    public static HttpKey ofAny(String id) {
        return new HttpKey(id, Map.of(ANY, ""));
    }

    /** Whether the headers of a stored response do not matter. */
    boolean isAny() {
        return headers.containsKey(ANY);
    }

    /**
     * A request by method and URI. {@code HEAD} shares with {@code GET}; parameters are sorted, as their order says nothing,
     * and the fragment is left out.
     */
    public static HttpKey of(String method, URI uri, Map<String, String> headers) {
        String verb = method.toUpperCase(Locale.ROOT).equals("HEAD") ? "GET" : method.toUpperCase(Locale.ROOT);
        StringBuilder id = new StringBuilder(verb).append(' ');
        if (uri.getHost() != null) {
            id.append(uri.getHost().toLowerCase(Locale.ROOT));
            if (uri.getPort() >= 0) {
                id.append(':').append(uri.getPort());
            }
        }
        String path = uri.getRawPath();
        id.append(path == null || path.isEmpty() ? "/" : path);
        if (uri.getRawQuery() != null) {
            String[] parameters = uri.getRawQuery().split("&", -1);
            Arrays.sort(parameters);
            id.append('?').append(String.join("&", parameters));
        }
        return new HttpKey(id.toString(), headers);
    }
}
