package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.error.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, as environment variables say. A URL given in code wins over all of them. The consolidated service reads
 * {@code CACHE_REDIS_URI} with {@code CACHE_REDIS_USERNAME}, {@code CACHE_REDIS_PASSWORD}, {@code CACHE_REDIS_TLS} and
 * {@code CACHE_REDIS_POOL_SIZE}; the legacy services read {@code REDIS_URL}, else {@code REDIS_HOST}, {@code REDIS_PORT},
 * {@code REDIS_DB}, {@code REDIS_USERNAME}, {@code REDIS_PASSWORD} and {@code REDIS_SSL}, with {@code REDIS_POOL_SIZE}. Each
 * takes the other's where it has none of its own, so that one set serves both. Immutable; secrets appear in no message.
 */
public final class RedisEnvironment {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int DEFAULT_POOL_SIZE = 10;

    private final Variables variables;

    private RedisEnvironment(Variables variables) {
        this.variables = variables;
    }

    /** Of variables, mostly {@link System#getenv()}. */
    public static RedisEnvironment of(Map<String, String> variables) {
        return new RedisEnvironment(new Variables(variables));
    }

    /**
     * Where the consolidated service's Redis is.
     *
     * @param url wins over the environment; null = as the environment says
     * @param poolSize 0 = as the environment says, else 10
     * @throws ConfigurationException if the address cannot be used
     */
    public RedisConfig target(@Nullable String url, int poolSize) {
        if (isGiven(url)) {
            return fromUrl(url, null, null, false, pool(poolSize));
        }
        return variables.has("CACHE_REDIS_URI") || !namesLegacy() ? consolidated(poolSize) : legacyOwn(poolSize);
    }

    /** Where the legacy services' Redis is; as {@link #target}. */
    public RedisConfig legacy(@Nullable String url, int poolSize) {
        if (isGiven(url)) {
            return fromUrl(url, null, null, false, pool(poolSize));
        }
        return namesLegacy() || !variables.has("CACHE_REDIS_URI") ? legacyOwn(poolSize) : consolidated(poolSize);
    }

    /** The namespace whose regions are used: {@code CACHE_NAMESPACE}, else that of the conversation services. */
    String namespace() {
        return variables.text("CACHE_NAMESPACE", KeyRoutes.SERVICES_NAMESPACE);
    }

    /** Time to live of entries that bring none: {@code CACHE_DEFAULT_TTL} in seconds or as an ISO duration, else 1 hour. */
    Duration defaultTtl() {
        return variables.duration("CACHE_DEFAULT_TTL", KeyedCache.DEFAULT_TTL);
    }

    private boolean namesLegacy() {
        return variables.has("REDIS_URL") || variables.has("REDIS_HOST") || variables.has("REDIS_PORT");
    }

    private RedisConfig consolidated(int poolSize) {
        return fromUrl(
                variables.text("CACHE_REDIS_URI", "redis://localhost:6379"),
                variables.secret("CACHE_REDIS_USERNAME"),
                variables.secret("CACHE_REDIS_PASSWORD"),
                variables.flag("CACHE_REDIS_TLS"),
                pool(poolSize));
    }

    private RedisConfig legacyOwn(int poolSize) {
        return variables.has("REDIS_URL")
                ? fromUrl(variables.text("REDIS_URL", ""), null, null, false, pool(poolSize))
                : fromParts(pool(poolSize));
    }

    private int pool(int asked) {
        int legacy = variables.number("REDIS_POOL_SIZE", DEFAULT_POOL_SIZE, 1, 1_000);
        return asked != 0 ? asked : variables.number("CACHE_REDIS_POOL_SIZE", legacy, 1, 1_000);
    }

    private static boolean isGiven(@Nullable String url) {
        return url != null && !url.isBlank();
    }

    /** Credentials count where the URL has none of its own. */
    private static RedisConfig fromUrl(
            @Nullable String url, @Nullable String user, @Nullable String password, boolean tls, int connections) {
        URI uri = uri(url == null ? "" : url.strip());
        boolean bare = uri.getRawUserInfo() == null;
        return new RedisConfig(
                tls ? secured(uri) : uri, bare ? user : null, bare ? password : null, connections, TIMEOUT, TIMEOUT);
    }

    private RedisConfig fromParts(int connections) {
        int port = variables.number("REDIS_PORT", 6379, 1, 65_535);
        int database = variables.number("REDIS_DB", 0, 0, 1_000_000);
        String scheme = variables.flag("REDIS_SSL") ? "rediss" : "redis";
        try {
            URI uri =
                    new URI(scheme, null, variables.text("REDIS_HOST", "localhost"), port, "/" + database, null, null);
            return new RedisConfig(
                    uri,
                    variables.secret("REDIS_USERNAME"),
                    variables.secret("REDIS_PASSWORD"),
                    connections,
                    TIMEOUT,
                    TIMEOUT);
        } catch (URISyntaxException e) {
            throw variables.bad("REDIS_HOST", "a host name or address");
        }
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("redis".equals(scheme) || "rediss".equals(scheme))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // the exception's text repeats the address, password included: the message below is ours
        }
        throw Variables.fault(
                "The address of Redis is not a redis:// or rediss:// URI with a host. Correct it; characters that have"
                        + " a meaning in URIs must be percent-encoded in a password.");
    }

    private static URI secured(URI uri) {
        return "rediss".equals(uri.getScheme())
                ? uri
                : URI.create("rediss" + uri.toString().substring("redis".length()));
    }
}
