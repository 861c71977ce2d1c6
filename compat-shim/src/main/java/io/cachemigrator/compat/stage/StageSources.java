package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.config.RedisConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the stage is read from, as environment variables say, and where a toolkit sets it. */
public final class StageSources {
    private static final String OVERRIDE = "USE_CONSOLIDATED_CACHE";
    private static final String FILE = "CACHE_STAGE_FILE";
    private static final String URI_OF_KEY = "CACHE_STAGE_URI";
    private static final String NAME = "CACHE_STAGE_NAME";
    private static final String JOURNAL = "CACHE_STAGE_JOURNAL";
    private static final String FLAG = "CACHE_STAGE_FLAG";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    // All calls of a process change over at once, so what follows the same place shares one look at it.
    private static final Map<String, StagePoller> POLLERS = new LinkedHashMap<>();

    private StageSources() {}

    /**
     * {@code USE_CONSOLIDATED_CACHE} ({@code true} is CONSOLIDATED, {@code false} LEGACY) overrides all; else one of the file
     * that {@code CACHE_STAGE_FILE} names, the key on the Redis server that {@code CACHE_STAGE_URI} names and the row in the
     * journal that {@code CACHE_STAGE_JOURNAL} names, both for the project {@code CACHE_STAGE_NAME}, and the OpenFeature flag
     * {@code CACHE_STAGE_FLAG}, followed as it changes; else LEGACY. Beside a flag, one of the others is where this process
     * reports what it has seen of it.
     *
     * @param clock tells the time of reports
     * @throws IllegalStateException if a variable has another value, several places are named, or the file cannot be read
     */
    public static StageSource fromEnvironment(Map<String, String> environment, Clock clock) {
        Stage override = override(environment);
        List<String> named = List.of(FILE, URI_OF_KEY, JOURNAL).stream()
                .filter(variable -> !text(environment, variable).isEmpty())
                .toList();
        if (named.size() > 1) {
            throw new IllegalStateException("The stage has one place, and " + String.join(" and ", named)
                    + " name several. Unset all but one.");
        }
        String flag = text(environment, FLAG);
        if (named.isEmpty() && flag.isEmpty()) {
            return StageSource.fixed(override == null ? new Stage.Legacy() : override);
        }
        if (named.isEmpty()) {
            return shared("flag " + flag, override, new Stage.DualWrite(), () -> flag(flag, null));
        }
        String value = text(environment, named.get(0));
        String project = text(environment, NAME);
        Supplier<StagePlace> place = switch (named.get(0)) {
            case FILE -> () -> file(Path.of(value), clock);
            case URI_OF_KEY -> () -> key(config(value), project);
            default -> () -> table(value, project);
        };
        String id = named.get(0) + " " + project + " " + value;
        if (!flag.isEmpty()) {
            return shared("flag " + flag + " " + id, override, new Stage.DualWrite(), () -> flag(flag, place.get()));
        }
        return shared(id, override, named.get(0).equals(FILE) ? null : new Stage.DualWrite(), place);
    }

    private static StagePlace flag(String flag, @Nullable StagePlace reports) {
        try {
            return new StageFlag(flag, reports);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    FLAG + " is set, and OpenFeature is not there. Add dev.openfeature:sdk to the application.", e);
        }
    }

    /** The file that applications read. */
    public static StagePlace file(Path file, Clock clock) {
        return new StageFile(file, clock);
    }

    /**
     * The key that applications read.
     *
     * @param project tells the stages of several projects on one server apart
     * @throws IllegalStateException if it is blank, or the server is none that a stage can be kept on
     */
    public static StagePlace key(RedisConfig server, String project) {
        if (project.isBlank()) {
            throw new IllegalStateException(
                    "CACHE_STAGE_URI needs the name of the project. Set CACHE_STAGE_NAME as `migrator rollout` shows it.");
        }
        return new StageKey(server, project);
    }

    /**
     * The row in the journal that applications read.
     *
     * @param url the journal's JDBC URL
     * @param project tells the stages of several projects in one journal apart
     * @throws IllegalStateException if it is blank, or the URL names no journal
     */
    public static StagePlace table(String url, String project) {
        if (project.isBlank()) {
            throw new IllegalStateException("CACHE_STAGE_JOURNAL needs the name of the project. Set CACHE_STAGE_NAME as"
                    + " `migrator rollout` shows it.");
        }
        return new StageTable(url, project);
    }

    /**
     * A process that cannot know the stage yet reads the legacy layout and writes both, which goes with whatever stage the
     * others are at.
     */
    private static StageSource shared(
            String id, @Nullable Stage override, @Nullable Stage unknown, Supplier<StagePlace> place) {
        String key = id + " " + (override == null ? "" : override.text());
        synchronized (POLLERS) {
            StagePoller poller = POLLERS.get(key);
            if (poller == null) {
                poller = start(place.get(), override, unknown);
                POLLERS.put(key, poller);
            }
            return poller;
        }
    }

    private static StagePoller start(StagePlace place, @Nullable Stage override, @Nullable Stage unknown) {
        try {
            return StagePoller.start(place, override, new Stage.Legacy(), unknown);
        } catch (StageUnreadableException e) {
            place.close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static RedisConfig config(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))) {
                return new RedisConfig(uri, null, null, 1, PATIENCE, PATIENCE);
            }
        } catch (IllegalArgumentException repeatsTheText) {
            // its message has the address, password included: the message below is ours
        }
        throw new IllegalStateException(URI_OF_KEY + " is not a redis:// or rediss:// URI with a host. Correct it;"
                + " characters that have a meaning in URIs must be percent-encoded in a password.");
    }

    private static String text(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }

    private static @Nullable Stage override(Map<String, String> environment) {
        String text = text(environment, OVERRIDE);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true", "1", "yes", "on" -> new Stage.Consolidated();
            case "false", "0", "no", "off" -> new Stage.Legacy();
            default ->
                throw new IllegalStateException(
                        OVERRIDE + " is '" + text + "'; allowed: true, false. Correct the variable, or unset it.");
        };
    }
}
