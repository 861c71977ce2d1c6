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
    private static final Set<String> SECRET = Set.of("redis.username", "redis.password");

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
        } else if (value instanceof Record record) {
            components(path, record, into);
        } else if (value != null && !path.equals("clock")) {
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
