package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.config.AiConfig;
import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisTopology;
import io.cachemigrator.cache.config.SettingRange;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.map.encoding.FernetKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with options, so that all of it is told at once. No fault repeats a secret or an address. */
final class OptionFaults {
    private final List<String> faults = new ArrayList<>();

    OptionFaults add(@Nullable String fault) {
        if (fault != null) {
            faults.add(fault);
        }
        return this;
    }

    OptionFaults addAll(Collection<String> more) {
        faults.addAll(more);
        return this;
    }

    OptionFaults range(String name, Duration ttl) {
        boolean whole = ttl.isNegative() || ttl.toSeconds() > 0;
        return add(
                whole
                        ? SettingRange.DEFAULT_TTL.fault(name, ttl.toSeconds())
                        : name + " is " + ttl + "; allowed: " + SettingRange.DEFAULT_TTL.allowed());
    }

    OptionFaults l1(int entries) {
        return add(SettingRange.L1_CACHE_SIZE.fault(entries));
    }

    OptionFaults compression(int threshold, int level) {
        return add(SettingRange.COMPRESSION_THRESHOLD.fault(threshold))
                .add(SettingRange.COMPRESSION_LEVEL.fault(level));
    }

    OptionFaults ai(AiConfig config) {
        return addAll(config.faults());
    }

    OptionFaults encryption(@Nullable String key, boolean required) {
        if (key == null) {
            return add(
                    required
                            ? "encryption is required, and there is no encryption_key; allowed: a key in"
                                    + " REDIS_ENCRYPTION_KEY or encryptionKey(...)"
                            : null);
        }
        try {
            FernetKeys.of(List.of(key));
            return this;
        } catch (IllegalArgumentException noKey) {
            return add("encryption_key is no Fernet key; allowed: 32 bytes in base64url, which are 44 characters");
        }
    }

    OptionFaults breaker(int failures, Duration openPeriod) {
        add(failures < 1 ? "the circuit breaker opens after " + failures + " failures; allowed: 1 or more" : null);
        boolean open = !openPeriod.isNegative() && !openPeriod.isZero();
        return add(open ? null : "the circuit breaker stays open for " + openPeriod + "; allowed: a positive duration");
    }

    /** The legacy layout is read on one server; the consolidated service says itself what it can reach. */
    OptionFaults address(String name, RedisConfig redis) {
        boolean usable = redis.hosts().stream().noneMatch(host -> host.startsWith(":"))
                && !redis.hosts().isEmpty()
                && String.valueOf(redis.uri().getScheme()).startsWith("redis");
        add(usable ? null : name + " names no server; allowed: redis://host:port or rediss://host:port");
        boolean single = redis.topology() == RedisTopology.STANDALONE;
        return add(
                single || !name.equals("redis_url")
                        ? null
                        : name + " names several servers; allowed: one, as the legacy caches used");
    }

    void report() {
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    String.join("; ", faults) + ". Correct the values.",
                    Map.of("errors", List.copyOf(faults)));
        }
    }
}
