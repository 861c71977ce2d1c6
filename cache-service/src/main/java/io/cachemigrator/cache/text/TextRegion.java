package io.cachemigrator.cache.text;

import io.cachemigrator.cache.BulkDeletion;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A region of texts, of which every result that is none is an exception, as a Redis client has it. Thread safe. */
final class TextRegion {
    private static final String MEND = " Check that the store runs and admits this client; the next call tries again.";

    private final Region<String> region;
    private final boolean throwing;
    private final Clock clock;

    TextRegion(CacheService service, String name) {
        this.region = service.region(name, RawText.INSTANCE);
        this.throwing = service.config().failOnConnectionError();
        this.clock = service.config().clock();
        check(region.config());
    }

    /** Refuses settings under which a text would not live as long as a command says. */
    private static void check(RegionConfig config) {
        List<String> faults = new ArrayList<>();
        if (config.sliding()) {
            faults.add("sliding");
        }
        if (config.jitter() > 0) {
            faults.add("jitter");
        }
        if (config.encrypted() && !config.acceptPlain()) {
            faults.add("encrypted");
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(
                    CacheErrorCode.BAD_CONFIGURATION,
                    "The region '" + config.name() + "' cannot keep texts with the commands of Redis, because of its "
                            + String.join(" and ", faults) + ". Use a region without.",
                    Map.of("region", config.name(), "settings", faults));
        }
    }

    Clock clock() {
        return clock;
    }

    @Nullable
    String get(String key) {
        return value(call(() -> region.lookup(key)));
    }

    List<@Nullable String> getAll(List<String> keys) {
        Map<String, Lookup<String>> found = call(() -> region.lookupAll(keys));
        List<@Nullable String> values = new ArrayList<>(keys.size());
        for (String key : keys) {
            Lookup<String> lookup = found.getOrDefault(key, new Lookup.Absent<>());
            // as Redis has it for what is no text
            values.add(lookup instanceof Lookup.Undecodable ? null : value(lookup));
        }
        return values;
    }

    boolean exists(String key) {
        // without exceptions, a region's own answer does not tell a store that is down from an absence
        return throwing ? call(() -> region.exists(key)) : isThere(call(() -> region.timeToLive(key)));
    }

    /** Whether it was stored; false = the condition did not hold. */
    boolean put(String key, String value, WriteOptions options) {
        return made(call(() -> region.put(key, value, options)));
    }

    void putAll(Map<String, String> values) {
        boolean stored = made(call(() -> region.putAll(values, WriteOptions.ttl(WriteOptions.NO_EXPIRY))));
        if (!stored) {
            throw new TextCacheException("A write without a condition was refused for one. Report it.");
        }
    }

    long delete(Collection<String> keys) {
        BulkDeletion deletion = call(() -> region.deleteAll(keys));
        if (!deletion.complete()) {
            throw new TextCacheConnectionException("The store cannot be reached." + MEND);
        }
        return deletion.removed();
    }

    boolean expire(String key, Duration ttl) {
        return made(call(() -> region.expire(key, ttl)));
    }

    boolean persist(String key) {
        return made(call(() -> region.persist(key)));
    }

    /** What it has left in milliseconds; -1 = it stays, -2 = there is none. */
    long millisLeft(String key) {
        Lookup<Duration> left = call(() -> region.timeToLive(key));
        if (!isThere(left)) {
            return -2;
        }
        @Nullable Duration ttl = left.valueOrNull();
        return ttl == null ? -1 : ttl.toMillis();
    }

    long add(String key, long amount) {
        CounterResult result = call(() -> region.increment(key, amount));
        if (result instanceof CounterResult.Counted counted) {
            return counted.value();
        } else if (result instanceof CounterResult.Unavailable down) {
            throw down(down.reason());
        }
        throw new TextCacheDataException(
                "ERR value is not an integer or out of range, or the sum would overflow. Look at"
                        + " what else writes this key.");
    }

    private static @Nullable String value(Lookup<String> lookup) {
        isThere(lookup);
        if (lookup instanceof Lookup.Undecodable) {
            throw unreadable();
        }
        return lookup.valueOrNull();
    }

    private static boolean isThere(Lookup<?> lookup) {
        if (lookup instanceof Lookup.Unavailable<?> down) {
            throw down(down.reason());
        }
        return lookup.isPresent() || lookup instanceof Lookup.Undecodable;
    }

    private static boolean made(WriteOutcome outcome) {
        return switch (outcome) {
            case STORED -> true;
            case CONDITION_NOT_MET -> false;
            case TOO_LARGE ->
                throw new TextCacheDataException(
                        "ERR the value is larger than its region admits. Raise maxValueBytes of the region.");
            case UNAVAILABLE -> throw new TextCacheConnectionException("The store cannot be reached." + MEND);
        };
    }

    private static TextCacheConnectionException down(String reason) {
        return new TextCacheConnectionException("The store cannot be reached: " + reason + "." + MEND);
    }

    private static TextCacheDataException unreadable() {
        return new TextCacheDataException(
                "WRONGTYPE what is under the key is no text. Look at what else writes to this region.");
    }

    private static <T> T call(Supplier<T> command) {
        try {
            return command.get();
        } catch (InfrastructureException down) {
            throw new TextCacheConnectionException(String.valueOf(down.getMessage()), down);
        } catch (ValidationException refused) {
            throw new TextCacheDataException("ERR " + refused.getMessage(), refused);
        }
    }
}
