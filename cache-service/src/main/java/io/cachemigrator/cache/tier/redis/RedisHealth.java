package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.tier.TierReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Asks a server how it fares, past the circuit breaker. */
final class RedisHealth {
    private static final Map<String, String> FIELDS = Map.of(
            "redis_version", "version",
            "used_memory_human", "usedMemory",
            "used_memory", "usedMemoryBytes",
            "connected_clients", "clients",
            "maxmemory_policy", "evictionPolicy");

    private RedisHealth() {}

    static TierReport of(RedisLink link, HeldWrites held) {
        Map<String, String> details = new LinkedHashMap<>();
        CircuitBreaker.State state = link.breaker().state();
        details.put("server", link.config().displayUri());
        details.put("circuitBreaker", state.name());
        details.put("rejectedCalls", Long.toString(link.breaker().rejected()));
        details.put("heldWrites", Integer.toString(held.size()));
        details.put("heldBytes", Long.toString(held.bytes()));
        details.put("givenUpWrites", Long.toString(held.givenUp()));
        try {
            link.probe(redis -> redis.ping());
            long asked = System.nanoTime();
            link.probe(redis -> redis.ping());
            Duration latency = Duration.ofNanos(System.nanoTime() - asked);
            String info = link.probe(redis -> info(redis));
            info.lines().forEach(line -> addField(line, details));
            return state == CircuitBreaker.State.CLOSED
                    ? new TierReport(TierReport.Status.UP, null, latency, details)
                    : new TierReport(
                            TierReport.Status.DEGRADED,
                            "the server answers again; the circuit breaker has not let a call through yet",
                            latency,
                            details);
        } catch (JedisException down) {
            String reason = RedisFailure.of(down).reason(down, link.config().displayUri());
            return new TierReport(TierReport.Status.DOWN, reason, null, details);
        }
    }

    private static String info(UnifiedJedis redis) {
        StringBuilder text = new StringBuilder();
        for (String section : List.of("server", "memory", "clients")) {
            text.append(redis.info(section));
        }
        return text.toString();
    }

    private static void addField(String line, Map<String, String> details) {
        int colon = line.indexOf(':');
        @Nullable String name = colon < 0 ? null : FIELDS.get(line.substring(0, colon));
        if (name != null) {
            details.put(name, line.substring(colon + 1).strip());
        }
    }
}
