package io.cachemigrator.cache.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A setting that differs between two configurations.
 *
 * @param path where it stands, such as {@code regions.profiles.defaultTtl}
 * @param before its value as text, {@code none} where there was none; secrets are hidden
 * @param after the same of the other configuration
 */
public record ConfigChange(String path, String before, String after) {
    private static final String HIDDEN = "(hidden)";
    private static final String URI_LOGIN = "redis.uri.login";
    private static final String CLOCK = "clock";
    private static final Set<String> SECRET = Set.of(
            URI_LOGIN,
            "redis.username",
            "redis.password",
            "redis.sentinel.username",
            "redis.sentinel.password",
            "redis.tls.trustStorePassword",
            "redis.tls.keyStorePassword");

    /** What becomes of a change while a service runs. */
    public enum Effect {
        /** The next operation goes by it. */
        AT_ONCE("holds at once"),
        /**
         * The tier is opened anew. Operations that have begun end on the old one; what an outage held for the same servers
         * goes over to the new one.
         */
        TIER_OPENED_ANEW("opens its tier anew"),
        /** The service goes on as before; the change counts when it is opened the next time. */
        NEEDS_RESTART("needs a restart");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /** What becomes of it when a running service is {@linkplain io.cachemigrator.cache.CacheService#reconfigure given} it. */
    public Effect effect() {
        if (path.equals(CLOCK)) {
            return Effect.NEEDS_RESTART;
        }
        return path.startsWith("redis.") || path.startsWith("disk.") || path.equals("keyPrefix")
                ? Effect.TIER_OPENED_ANEW
                : Effect.AT_ONCE;
    }

    /** What differs, by path; a region that comes or goes is one change for each of its settings. */
    public static List<ConfigChange> between(CacheConfig before, CacheConfig after) {
        Map<String, Object> old = flat(before);
        Map<String, Object> fresh = flat(after);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(fresh.keySet());
        List<ConfigChange> changes = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(old.get(path), fresh.get(path))) {
                changes.add(new ConfigChange(path, text(path, old.get(path)), text(path, fresh.get(path))));
            }
        }
        return changes;
    }

    private static String text(String path, @Nullable Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof EncryptionConfig keys) {
            return keys.toString();
        }
        return SECRET.contains(path) ? HIDDEN : value.toString();
    }

    private static Map<String, Object> flat(CacheConfig config) {
        Map<String, Object> settings = new TreeMap<>();
        put("", config, settings);
        return settings;
    }

    private static void put(String path, @Nullable Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> regions) {
            regions.forEach((name, region) -> put(path + "." + name, region, into));
        } else if (value instanceof RedisConfig redis) {
            components(path, redis, into);
            into.put(path + ".uri", redis.displayUri());
            @Nullable String login = redis.rawUserInfo();
            if (login != null) {
                into.put(URI_LOGIN, login);
            }
        } else if (value instanceof Record record) {
            components(path, record, into);
        } else if (value != null) {
            into.put(path, value);
        }
    }

    private static void components(String path, Record record, Map<String, Object> into) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String inner = path.isEmpty() ? component.getName() : path + "." + component.getName();
            try {
                put(inner, component.getAccessor().invoke(record), into);
            } catch (ReflectiveOperationException unexpected) {
                throw new IllegalStateException("The component " + inner + " cannot be read.", unexpected);
            }
        }
    }
}
