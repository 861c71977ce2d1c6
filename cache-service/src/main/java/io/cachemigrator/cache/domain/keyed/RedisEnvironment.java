package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, as environment variables say. One order for everybody: a URL given in code, {@code CACHE_REDIS_URI}
 * (consolidated service only), {@code REDIS_URL}, then {@code REDIS_HOST}, {@code REDIS_PORT}, {@code REDIS_DB},
 * {@code REDIS_PASSWORD} and {@code REDIS_SSL}; {@code REDIS_POOL_SIZE} beside any of them. Immutable; secrets appear in
 * no message.
 */
public final class RedisEnvironment {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);
    private static final int DEFAULT_POOL_SIZE = 10;

    private final Map<String, String> variables;

    private RedisEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Of variables, mostly {@link System#getenv()}. */
    public static RedisEnvironment of(Map<String, String> variables) {
        return new RedisEnvironment(variables);
    }

    /**
     * Where the consolidated service's Redis is.
     *
     * @param url wins over the environment; null = as the environment says
     * @param poolSize 0 = as the environment says, else 10
     * @throws ConfigurationException if the address cannot be used
     */
    public RedisConfig target(@Nullable String url, int poolSize) {
        String target = variables.getOrDefault("CACHE_REDIS_URI", "");
        return legacy(url == null && !target.isBlank() ? target : url, poolSize);
    }

    /** Where the legacy services' Redis is; as {@link #target}, without {@code CACHE_REDIS_URI}. */
    public RedisConfig legacy(@Nullable String url, int poolSize) {
        String named = url != null && !url.isBlank() ? url : variables.getOrDefault("REDIS_URL", "");
        int connections = poolSize != 0 ? poolSize : number("REDIS_POOL_SIZE", DEFAULT_POOL_SIZE, 1, 1_000);
        return named.isBlank() ? fromParts(connections) : fromUrl(named, connections);
    }

    private static RedisConfig fromUrl(String url, int connections) {
        try {
            URI uri = new URI(url.strip());
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("redis".equals(scheme) || "rediss".equals(scheme))) {
                return config(uri, null, connections);
            }
        } catch (URISyntaxException e) {
            // falls through: the exception's text would repeat the address, password included
        }
        throw new ConfigurationException(
                CacheErrorCode.BAD_CONFIGURATION,
                "The address of Redis is not a redis:// or rediss:// URI with a host. Correct it; characters that have"
                        + " a meaning in URIs must be percent-encoded in a password.",
                Map.of());
    }

    private RedisConfig fromParts(int connections) {
        String host = variables.getOrDefault("REDIS_HOST", "localhost");
        int port = number("REDIS_PORT", 6379, 1, 65_535);
        int database = number("REDIS_DB", 0, 0, 1_000_000);
        String scheme = flag("REDIS_SSL") ? "rediss" : "redis";
        try {
            URI uri = new URI(scheme, null, host, port, "/" + database, null, null);
            String password = variables.getOrDefault("REDIS_PASSWORD", "");
            return config(uri, password.isEmpty() ? null : password, connections);
        } catch (URISyntaxException e) {
            throw bad("REDIS_HOST", "a host name or address");
        }
    }

    private static RedisConfig config(URI uri, @Nullable String password, int connections) {
        return new RedisConfig(uri, null, password, connections, CONNECT_TIMEOUT, SOCKET_TIMEOUT);
    }

    private int number(String name, int defaultValue, int min, int max) {
        String text = variables.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw bad(name, "a whole number from " + min + " to " + max);
    }

    private boolean flag(String name) {
        String text = variables.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "", "false", "0", "no", "off" -> false;
            case "true", "1", "yes", "on" -> true;
            default -> throw bad(name, "true or false");
        };
    }

    private ConfigurationException bad(String name, String allowed) {
        return new ConfigurationException(
                CacheErrorCode.BAD_CONFIGURATION,
                name + " is '" + variables.get(name) + "'; allowed: " + allowed + ". Correct the variable.",
                Map.of("variable", name));
    }
}
