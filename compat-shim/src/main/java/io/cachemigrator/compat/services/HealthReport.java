package io.cachemigrator.compat.services;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Health of a {@link RedisCacheService}.
 *
 * @param status {@code connected}, {@code disconnected} or {@code error}
 * @param latency time of one ping; null when it was not answered
 * @param version server's version; null when it was not answered
 * @param usedMemory server's memory in human form; null when it was not answered
 * @param connectedClients clients of the server; null when it was not answered
 * @param error what went wrong, without secrets; null when nothing did
 * @param stats statistics; null when disconnected
 * @deprecated use {@link io.cachemigrator.cache.CacheHealth}; the recipe
 *     {@code io.cachemigrator.recipes.services.MigrateRedisCacheService} does it
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public record HealthReport(
        String status,
        @Nullable Duration latency,
        @Nullable String version,
        @Nullable String usedMemory,
        @Nullable Long connectedClients,
        @Nullable String error,
        @Nullable RedisStats stats) {

    /**
     * Whether the server answered.
     *
     * @deprecated use {@link io.cachemigrator.cache.CacheHealth#isHealthy()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean isHealthy() {
        return status.equals("connected");
    }

    /**
     * The fields of this state under their legacy names; {@code latency_ms} has two decimals.
     *
     * @deprecated read the fields of {@link io.cachemigrator.cache.CacheHealth}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", status);
        fields.put("healthy", isHealthy());
        if (latency != null) {
            fields.put("latency_ms", Math.round(latency.toNanos() / 10_000.0) / 100.0);
        }
        putIfKnown(fields, "version", version);
        putIfKnown(fields, "used_memory", usedMemory);
        putIfKnown(fields, "connected_clients", connectedClients);
        putIfKnown(fields, "error", error);
        if (stats != null) {
            fields.putAll(stats.toMap());
        }
        return fields;
    }

    private static void putIfKnown(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
