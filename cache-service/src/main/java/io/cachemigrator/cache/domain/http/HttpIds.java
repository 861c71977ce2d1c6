package io.cachemigrator.cache.domain.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Under which ids responses are kept. */
final class HttpIds {
    private HttpIds() {}

    /** The id of a further response, to requests with other values of the headers that it depends on. */
    static String variantOf(String id, Iterable<String> names, Map<String, String> headers) {
        StringBuilder values = new StringBuilder();
        for (String name : names) {
            String value = headers.getOrDefault(name, "");
            values.append(name)
                    .append(':')
                    .append(value.length())
                    .append(':')
                    .append(value)
                    .append('\n');
        }
        return id + "#" + EntityTag.digest(values.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The id of the first response to a request. */
    static String idOf(HttpKey key) {
        return HttpResponseCache.PREFIX + key.id();
    }

    /** What the process has that refreshes a response. */
    static String markOf(String id) {
        return "refresh!" + id;
    }
}
