package io.cachemigrator.migrator.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the legacy store in the settings that the project's application itself uses. */
final class LegacySettings {
    private LegacySettings() {}

    /** A Redis URI put together from {@code REDIS_URL}, its parts, or what a migration made of them, in {@code .env}; null when they name no server. */
    static @Nullable String storeUri(Path root) {
        Map<String, String> settings = read(root.resolve(".env"));
        String url = settings.getOrDefault("REDIS_URL", settings.get("CACHE_REDIS_URI"));
        if (url != null && url.matches("(?i)rediss?://.+")) {
            return url.contains("@") ? url : withLogin(url, settings);
        }
        String host = settings.get("REDIS_HOST");
        if (host == null || host.isBlank()) {
            return null;
        }
        String scheme = Boolean.parseBoolean(settings.get("REDIS_SSL")) ? "rediss" : "redis";
        String password = settings.getOrDefault("REDIS_PASSWORD", "");
        String user = password.isEmpty() ? "" : ":" + encode(password) + "@";
        return scheme + "://" + user + host + ":" + settings.getOrDefault("REDIS_PORT", "6379") + "/"
                + settings.getOrDefault("REDIS_DB", "0");
    }

    /** After a migration of the settings the password stands in a setting of its own beside the URI. */
    private static String withLogin(String url, Map<String, String> settings) {
        String password = settings.getOrDefault("CACHE_REDIS_PASSWORD", "");
        if (password.isEmpty() || settings.containsKey("REDIS_URL")) {
            return url;
        }
        String user = settings.getOrDefault("CACHE_REDIS_USERNAME", "");
        return url.replaceFirst(
                "//", java.util.regex.Matcher.quoteReplacement("//" + encode(user) + ":" + encode(password) + "@"));
    }

    private static String encode(String password) {
        return java.net.URLEncoder.encode(password, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return settings;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.strip().replaceFirst("^export\\s+", "");
                int equals = text.indexOf('=');
                if (equals > 0 && !text.startsWith("#")) {
                    settings.put(
                            text.substring(0, equals).strip(),
                            unquote(text.substring(equals + 1).strip()));
                }
            }
        } catch (MalformedInputException e) {
            // settings that are no text are reported by check with file and line; here they name no store
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static String unquote(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
