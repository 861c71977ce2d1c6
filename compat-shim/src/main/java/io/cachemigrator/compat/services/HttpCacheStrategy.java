package io.cachemigrator.compat.services;

/**
 * How a response is served and kept. Only {@link #STALE_WHILE_REVALIDATE} changes anything: it lets a look-up refresh.
 *
 * @deprecated hand {@link io.cachemigrator.cache.domain.http.HttpResponseCache#get(String, Class,
 *     java.util.function.Supplier)} a refresh where one is wanted
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public enum HttpCacheStrategy {
    /** Fresh until it is stale. */
    STANDARD,
    /** A stale response is served while a fresh one is made. */
    STALE_WHILE_REVALIDATE,
    /** As standard. */
    EDGE_SIDE_INCLUDES,
    /** As standard. */
    WRITE_THROUGH,
    /** As standard. */
    WRITE_BEHIND
}
