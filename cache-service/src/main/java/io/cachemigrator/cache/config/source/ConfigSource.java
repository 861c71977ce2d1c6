package io.cachemigrator.cache.config.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from: a YAML, JSON, properties or {@code .env} file, or the environment. Immutable; a file is read
 * anew each time.
 */
public final class ConfigSource {
    private static final int MAX_BYTES = 1 << 20;

    private final Kind kind;
    private final Path file;
    private final Map<String, String> variables;

    private enum Kind {
        YAML,
        JSON,
        PROPERTIES,
        DOT_ENV,
        ENVIRONMENT
    }

    private ConfigSource(Kind kind, Path file, Map<String, String> variables) {
        this.kind = kind;
        this.file = file;
        this.variables = Map.copyOf(variables);
    }

    /**
     * A file, read as its name says: {@code .yml}, {@code .yaml}, {@code .json}, {@code .properties}, or {@code .env} at the
     * start or end of the name.
     *
     * @throws IllegalArgumentException if its name says none of these
     */
    public static ConfigSource file(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Kind kind;
        if (name.endsWith(".yml") || name.endsWith(".yaml")) {
            kind = Kind.YAML;
        } else if (name.endsWith(".json")) {
            kind = Kind.JSON;
        } else if (name.endsWith(".properties")) {
            kind = Kind.PROPERTIES;
        } else if (name.startsWith(".env") || name.endsWith(".env")) {
            kind = Kind.DOT_ENV;
        } else {
            throw new IllegalArgumentException(
                    "What '" + name + "' holds cannot be told. Name it .yml, .yaml, .json, .properties or .env.");
        }
        return new ConfigSource(kind, file, Map.of());
    }

    /** Variables named {@code CACHE_...}, such as those of {@link System#getenv()}. */
    public static ConfigSource environment(Map<String, String> variables) {
        return new ConfigSource(Kind.ENVIRONMENT, Path.of(""), variables);
    }

    /** The file that is read; empty for the environment. */
    public Optional<Path> path() {
        return kind == Kind.ENVIRONMENT ? Optional.empty() : Optional.of(file);
    }

    /** The settings by path, such as {@code regions.profiles.defaultTtl}. */
    Map<String, ConfigValue> read(ConfigProblems problems) {
        if (kind == Kind.ENVIRONMENT) {
            return VariableNames.settings(variables, "variable ", problems);
        }
        String name = file.getFileName().toString();
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(name + " has more than 1 MiB");
                return Map.of();
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return switch (kind) {
                case YAML -> StructuredText.yaml(text, name, problems);
                case JSON -> StructuredText.json(text, name, problems);
                case PROPERTIES -> PlainText.properties(text, name, problems);
                default -> VariableNames.settings(PlainText.dotEnv(text), name + ", ", problems);
            };
        } catch (NoSuchFileException missing) {
            problems.add(name + " does not exist");
        } catch (IOException unreadable) {
            problems.add(name + " cannot be read: " + unreadable.getClass().getSimpleName());
        }
        return Map.of();
    }
}
