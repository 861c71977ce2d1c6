package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisTlsConfig;
import io.cachemigrator.cache.config.SettingRange;
import io.cachemigrator.cache.domain.keyed.RedisEnvironment;
import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that legacy applications set, as typed values; each fault is noted, and null given in its place. */
final class LegacyEnvironment {
    private static final int POOL_SIZE = 10;
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final byte[] PEM = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, String> variables;
    private final Set<String> faults = new LinkedHashSet<>();

    LegacyEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    private String text(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    /** Its exact characters; null when it is not set. */
    @Nullable
    String secret(String name) {
        String value = variables.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    /** Null when it is not set, or wrong. */
    @Nullable
    Long number(String name, SettingRange range) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[+-]?\\d{1,18}")) {
            faults.add(name + " is no whole number; allowed: " + range.allowed());
            return null;
        }
        long value = Long.parseLong(text);
        String fault = range.fault(name, value);
        if (fault != null) {
            faults.add(fault);
            return null;
        }
        return value;
    }

    /** Time to live of entries that bring none, by its new name or the old one; null when neither is set, or it is wrong. */
    @Nullable
    Duration defaultTtl() {
        String text = text("CACHE_DEFAULT_TTL").toUpperCase(Locale.ROOT);
        if (!text.isEmpty() && !text.matches("[+-]?\\d+")) {
            return duration(text);
        }
        Long seconds = number(text.isEmpty() ? "CACHE_TTL" : "CACHE_DEFAULT_TTL", SettingRange.DEFAULT_TTL);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private @Nullable Duration duration(String text) {
        String days = text.matches("\\d+D") ? "P" + text : "PT" + text;
        try {
            return Duration.parse(text.startsWith("P") ? text : days);
        } catch (DateTimeParseException noDuration) {
            faults.add("CACHE_DEFAULT_TTL is no time; allowed: a number of seconds, or a duration such as 15m, 1h or"
                    + " PT1H30M");
            return null;
        }
    }

    /** Entries in this process, likewise; the new setting is also other caches', so that no more are kept than may be here. */
    @Nullable
    Integer l1Entries() {
        String renamed = text("CACHE_DEFAULTS_MEMORY_MAX_ENTRIES");
        if (renamed.matches("\\d{1,18}") && Long.parseLong(renamed) > SettingRange.L1_CACHE_SIZE.most()) {
            return (int) SettingRange.L1_CACHE_SIZE.most();
        }
        Long entries = number(
                renamed.isEmpty() ? "CACHE_SIZE" : "CACHE_DEFAULTS_MEMORY_MAX_ENTRIES", SettingRange.L1_CACHE_SIZE);
        return entries == null ? null : entries.intValue();
    }

    /** Whether large values are compressed, likewise. */
    @Nullable
    Boolean compression() {
        Boolean renamed = flag("CACHE_DEFAULTS_COMPRESSION");
        return renamed == null ? flag("ENABLE_COMPRESSION") : renamed;
    }

    /** Null when it is not set, or wrong. */
    @Nullable
    Boolean flag(String name) {
        return switch (text(name).toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> {
                faults.add(name + " is '" + text(name) + "'; allowed: true, 1, yes, on, false, 0, no, off");
                yield null;
            }
        };
    }

    /**
     * The way to the legacy layout: the address in code, in {@code REDIS_URL}, or else that of the consolidated service.
     *
     * @param given an address that wins over {@code REDIS_URL}; null = none
     * @param otherwise an address for where there is none
     * @return null where it cannot be told, which is a fault
     */
    @Nullable
    RedisConfig legacy(@Nullable String given, String otherwise) {
        String named = text("REDIS_URL");
        if (given == null && named.isEmpty() && !text("CACHE_REDIS_URI").isEmpty()) {
            return target(); // the variable has its new name already
        }
        String url = given != null ? given.strip() : named.isEmpty() ? otherwise : named;
        Boolean tlsAsked = flag("REDIS_USE_TLS");
        Boolean tlsEnabled = flag("REDIS_TLS_ENABLED");
        boolean secured = tlsAsked != null ? tlsAsked : Boolean.TRUE.equals(tlsEnabled);
        RedisTlsConfig tls = tls();
        Long timeout = number("REDIS_CONNECTION_TIMEOUT", SettingRange.CONNECTION_TIMEOUT);
        URI uri = uri(url);
        if (uri == null) {
            faults.add((given != null || named.isEmpty() ? "redis_url" : "REDIS_URL")
                    + " is no address of Redis; allowed: redis://host:port or rediss://host:port, with characters that"
                    + " have a meaning in URIs percent-encoded in a password");
            return null;
        }
        Duration wait = timeout == null ? CONNECT_TIMEOUT : Duration.ofSeconds(timeout);
        boolean bare = uri.getRawUserInfo() == null;
        String password = secret("REDIS_ACL_PASSWORD") == null ? secret("REDIS_AUTH") : secret("REDIS_ACL_PASSWORD");
        return new RedisConfig(
                        secured && "redis".equals(uri.getScheme()) ? withTls(uri) : uri,
                        bare && password != null ? secret("REDIS_ACL_USERNAME") : null,
                        bare ? password : null,
                        POOL_SIZE,
                        wait,
                        SOCKET_TIMEOUT)
                .withTls(tls);
    }

    /** Where the consolidated service is; null where nothing says so. */
    @Nullable
    RedisConfig target() {
        if (text("CACHE_REDIS_URI").isEmpty()) {
            return null;
        }
        try {
            return RedisEnvironment.of(variables).target(null, 0);
        } catch (ConfigurationException e) {
            faults.add("CACHE_REDIS_URI or what belongs to it cannot be used: " + e.getMessage());
            return null;
        }
    }

    private static @Nullable URI uri(String url) {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme();
            boolean known = "redis".equals(scheme) || "rediss".equals(scheme);
            boolean hosted = uri.getHost() != null && !uri.getHost().isEmpty();
            String path = uri.getPath() == null ? "" : uri.getPath();
            boolean port = uri.getPort() != 0 && uri.getPort() <= 65_535;
            return known && hosted && port && path.matches("/?|/\\d{1,6}") ? uri : null;
        } catch (URISyntaxException repeatsTheText) {
            return null; // the address may hold a password, so that no message repeats it
        }
    }

    private static URI withTls(URI uri) {
        return URI.create("rediss" + uri.toString().substring("redis".length()));
    }

    private @Nullable RedisTlsConfig tls() {
        Path trusted = store("REDIS_TLS_CA_PATH");
        Path own = store("REDIS_TLS_KEY_PATH");
        if (own == null && !text("REDIS_TLS_CERT_PATH").isEmpty()) {
            own = store("REDIS_TLS_CERT_PATH");
        }
        Boolean verify = flag("REDIS_VERIFY_CERTIFICATES");
        return trusted == null && own == null && verify == null
                ? null
                : new RedisTlsConfig(trusted, null, own, null, !Boolean.FALSE.equals(verify));
    }

    /** A file of certificates or keys that this Java reads. */
    private @Nullable Path store(String name) {
        if (text(name).isEmpty()) {
            return null;
        }
        try {
            Path file = Path.of(text(name));
            try (InputStream in = Files.newInputStream(file)) {
                if (!new String(in.readNBytes(PEM.length), StandardCharsets.ISO_8859_1)
                        .equals(new String(PEM, StandardCharsets.US_ASCII))) {
                    return file;
                }
                faults.add(name + " names a PEM file; allowed: a PKCS 12 or JKS file, as `keytool -importcert` or"
                        + " `openssl pkcs12 -export` makes of it");
            }
        } catch (IOException | InvalidPathException e) {
            faults.add(name + " names '" + text(name)
                    + "', which is no file that can be read; allowed: a PKCS 12 or JKS" + " file");
        }
        return null;
    }
}
