package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.error.ConfigurationException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Binds where the stores are, and the keys of encryption. */
final class StoreSettings {
    private final ServiceValues values;

    StoreSettings(ServiceValues values) {
        this.values = values;
    }

    void bind(CacheConfigBuilder builder) {
        new RedisSettings(values).bind().ifPresent(builder::redis);
        bindDisk(builder);
        bindEncryption(builder);
    }

    private void bindDisk(CacheConfigBuilder builder) {
        Optional<Path> folder = values.find("disk.folder", ConfigText::path);
        if (!values.has("disk.folder")) {
            values.names("disk.")
                    .forEach(path -> values.fault(path, "is set, and disk.folder is not; give disk.folder too"));
        }
        DiskConfig base = DiskConfig.of(folder.orElse(Path.of("")));
        DiskConfig config = new DiskConfig(
                base.folder(),
                values.find("disk.maxBytes", ConfigText::size).orElse(base.maxBytes()),
                values.find("disk.busyTimeout", ConfigText::duration).orElse(base.busyTimeout()));
        if (values.hasAny("disk.")) {
            builder.disk(config);
        }
    }

    private void bindEncryption(CacheConfigBuilder builder) {
        Map<Integer, byte[]> keys = new TreeMap<>();
        values.all().forEach((path, value) -> {
            if (path.startsWith(ServiceSettings.ENCRYPTION_KEYS)) {
                try {
                    int id = ConfigText.integer(path.substring(ServiceSettings.ENCRYPTION_KEYS.length()));
                    keys.put(id, Base64.getDecoder().decode(value.text().trim()));
                } catch (ConfigText.Refused | IllegalArgumentException unreadable) {
                    values.problems().refused(path, value, "Base64 of 32 bytes, under a whole number");
                }
            }
        });
        if (keys.isEmpty()) {
            if (!values.hasAny(ServiceSettings.ENCRYPTION_KEYS) && values.has("encryption.currentKeyId")) {
                values.fault("encryption.currentKeyId", "is set, and no encryption.keys are; give the keys too");
            }
            return;
        }
        int newest = keys.keySet().stream().reduce(0, Math::max);
        try {
            builder.encryption(EncryptionConfig.of(
                    values.find("encryption.currentKeyId", ConfigText::integer).orElse(newest), keys));
        } catch (ConfigurationException refused) {
            values.problems()
                    .add(refused.context().get("path") + " cannot be used; allowed: "
                            + refused.context().get("allowed"));
        }
    }
}
