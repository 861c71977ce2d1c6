package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.error.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Binds where the stores are, and the keys of encryption. */
final class StoreSettings {
    private static final String TLS_SCHEME = "rediss";

    private final Map<String, ConfigValue> settings;
    private final ConfigProblems problems;

    StoreSettings(Map<String, ConfigValue> settings, ConfigProblems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    void bind(CacheConfigBuilder builder) {
        bindRedis(builder);
        bindDisk(builder);
        bindEncryption(builder);
    }

    private interface Reader<T> {
        T read(String text) throws ConfigText.Refused;
    }

    private <T> Optional<T> find(String path, Reader<? extends T> reader) {
        @Nullable ConfigValue value = settings.get(path);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(value.text()));
        } catch (ConfigText.Refused refused) {
            problems.refused(path, value, String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    private void bindRedis(CacheConfigBuilder builder) {
        @Nullable URI uri = this.<URI>find("redis.uri", StoreSettings::uri).orElse(null);
        if (uri == null) {
            settings.keySet().stream()
                    .filter(path -> path.startsWith("redis.") && !settings.containsKey("redis.uri"))
                    .forEach(path -> problems.add(path + " is set, and redis.uri is not; give redis.uri too"));
            return;
        }
        RedisConfig base = RedisConfig.of(uri.toString());
        boolean tls = find("redis.tls", ConfigText::flag).orElse(false);
        builder.redis(new RedisConfig(
                tls ? withTls(uri) : uri,
                this.<String>find("redis.username", text -> text).orElse(null),
                this.<String>find("redis.password", text -> text).orElse(null),
                find("redis.poolSize", ConfigText::integer).orElse(base.poolSize()),
                find("redis.connectTimeout", ConfigText::duration).orElse(base.connectTimeout()),
                find("redis.socketTimeout", ConfigText::duration).orElse(base.socketTimeout())));
    }

    private static URI uri(String text) throws ConfigText.Refused {
        try {
            return new URI(text.trim());
        } catch (URISyntaxException malformed) {
            throw new ConfigText.Refused("a URI such as redis://host:6379/0");
        }
    }

    private static URI withTls(URI uri) {
        return "redis".equals(uri.getScheme())
                ? URI.create(TLS_SCHEME + uri.toString().substring("redis".length()))
                : uri;
    }

    private void bindDisk(CacheConfigBuilder builder) {
        @Nullable
        Path folder = this.<Path>find("disk.folder", StoreSettings::path).orElse(null);
        if (folder == null) {
            if (settings.containsKey("disk.maxBytes") && !settings.containsKey("disk.folder")) {
                problems.add("disk.maxBytes is set, and disk.folder is not; give disk.folder too");
            }
            return;
        }
        builder.disk(new DiskConfig(
                folder,
                find("disk.maxBytes", ConfigText::size)
                        .orElse(DiskConfig.of(folder).maxBytes())));
    }

    private static Path path(String text) throws ConfigText.Refused {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new ConfigText.Refused("a path of a folder");
        }
    }

    private void bindEncryption(CacheConfigBuilder builder) {
        Map<Integer, byte[]> keys = new TreeMap<>();
        settings.forEach((path, value) -> {
            if (path.startsWith(ServiceSettings.ENCRYPTION_KEYS)) {
                try {
                    int id = ConfigText.integer(path.substring(ServiceSettings.ENCRYPTION_KEYS.length()));
                    keys.put(id, Base64.getDecoder().decode(value.text().trim()));
                } catch (ConfigText.Refused | IllegalArgumentException unreadable) {
                    problems.refused(path, value, "Base64 of 32 bytes, under a whole number");
                }
            }
        });
        if (keys.isEmpty()) {
            return;
        }
        int newest = keys.keySet().stream().reduce(0, Math::max);
        try {
            builder.encryption(EncryptionConfig.of(
                    find("encryption.currentKeyId", ConfigText::integer).orElse(newest), keys));
        } catch (ConfigurationException refused) {
            problems.add(refused.context().get("path") + " cannot be used; allowed: "
                    + refused.context().get("allowed"));
        }
    }
}
