package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys for encryption at rest (AES-256-GCM). Immutable; {@link #toString()} shows key ids only.
 *
 * <p>To rotate: add a key under a new id, make it the current one, and keep the old one until nothing written with it is
 * left. What is read is never rewritten by that alone.
 */
public final class EncryptionConfig {
    private static final int KEY_BYTES = 32;

    private final int currentKeyId;
    private final Map<Integer, byte[]> keys;

    private EncryptionConfig(int currentKeyId, Map<Integer, byte[]> keys) {
        this.currentKeyId = currentKeyId;
        this.keys = keys;
    }

    /**
     * With keys by id.
     *
     * @param currentKeyId the key that new values are written with
     * @param keys 32 bytes each, by an id from 0 to 65,535; copied
     * @throws ConfigurationException if a key or an id is not of this kind, or the current key is missing
     */
    public static EncryptionConfig of(int currentKeyId, Map<Integer, byte[]> keys) {
        Map<Integer, byte[]> copies = new TreeMap<>();
        keys.forEach((id, key) -> {
            require(id >= 0 && id <= 0xFFFF, "keys", "id " + id, "ids from 0 to 65,535");
            require(key.length == KEY_BYTES, "keys." + id, key.length + " bytes", "32 bytes (AES-256)");
            copies.put(id, key.clone());
        });
        require(copies.containsKey(currentKeyId), "currentKeyId", "id " + currentKeyId, "one of " + copies.keySet());
        return new EncryptionConfig(currentKeyId, copies);
    }

    private static void require(boolean condition, String property, String value, String allowed) {
        if (!condition) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "encryption." + property + " is '" + value + "'; allowed: " + allowed + ". Correct the value.",
                    Map.of("path", "encryption." + property, "allowed", allowed));
        }
    }

    /** The key that new values are written with. */
    public int currentKeyId() {
        return currentKeyId;
    }

    /** Copies of the keys, by id. */
    public Map<Integer, byte[]> keys() {
        Map<Integer, byte[]> copies = new TreeMap<>();
        keys.forEach((id, key) -> copies.put(id, key.clone()));
        return copies;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptionConfig that
                && currentKeyId == that.currentKeyId
                && keys.keySet().equals(that.keys.keySet())
                && keys.entrySet().stream()
                        .allMatch(key -> MessageDigest.isEqual(key.getValue(), that.keys.get(key.getKey())));
    }

    @Override
    public int hashCode() {
        return 31 * currentKeyId + keys.keySet().hashCode();
    }

    @Override
    public String toString() {
        return "EncryptionConfig[current=" + currentKeyId + ", ids=" + keys.keySet() + "]";
    }
}
