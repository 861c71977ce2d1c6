package io.cachemigrator.cache.config.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of the service that were given, by path, and what is wrong with them. */
final class ServiceValues {
    private final Map<String, ConfigValue> settings;
    private final ConfigProblems problems;

    ServiceValues(Map<String, ConfigValue> settings, ConfigProblems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    interface Reader<T> {
        T read(String text) throws ConfigText.Refused;
    }

    /** The value of a setting; empty when it is not given, or cannot be read, which is then a fault. */
    <T> Optional<T> find(String path, Reader<? extends T> reader) {
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

    /** The value of a setting as it is; null = not given. */
    @Nullable
    String text(String path) {
        @Nullable ConfigValue value = settings.get(path);
        return value == null ? null : value.text();
    }

    boolean has(String path) {
        return settings.containsKey(path);
    }

    boolean hasAny(String prefix) {
        return settings.keySet().stream().anyMatch(path -> path.startsWith(prefix));
    }

    List<String> names(String prefix) {
        return settings.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .toList();
    }

    /** What is wrong with a setting beside others. */
    void fault(String path, String what) {
        @Nullable ConfigValue value = settings.get(path);
        problems.add(path + (value == null ? "" : " (" + value.origin() + ")") + " " + what);
    }

    ConfigProblems problems() {
        return problems;
    }

    Map<String, ConfigValue> all() {
        return settings;
    }
}
