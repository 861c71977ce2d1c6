package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.ConfigChange;
import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a service run with what its configuration files say now, and the files of secrets that they name: looks at their
 * content every so often, and when it has changed, loads them anew. A configuration with faults changes nothing; it is tried again when a file changes again.
 *
 * <pre>{@code
 * ConfigWatch watch = ConfigWatch.start(service, loader, Duration.ofSeconds(2), ConfigWatch.LOGGING);
 * }</pre>
 */
public final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);

    /** Writes what happens to the log. */
    public static final Listener LOGGING = new Listener() {
        @Override
        public void changed(List<ConfigChange> changes) {
            changes.forEach(change -> LOG.info(
                    "The cache's configuration has changed: {} from {} to {} ({})",
                    change.path(),
                    change.before(),
                    change.after(),
                    change.effect().text()));
        }

        @Override
        public void refused(ConfigurationException faults) {
            LOG.error("The cache's configuration stays as it was: {}", faults.getMessage());
        }
    };

    private final CacheService service;
    private final CacheConfigLoader loader;
    private final Listener listener;
    private final ScheduledExecutorService timer;
    private Set<Path> secrets;
    private Map<Path, byte[]> seen;

    /** Is told what became of a changed file. */
    public interface Listener {
        /** The service runs with other settings now. */
        void changed(List<ConfigChange> changes);

        /** The files hold faults; the service runs as before. */
        void refused(ConfigurationException faults);
    }

    private ConfigWatch(CacheService service, CacheConfigLoader loader, Listener listener) {
        this.service = service;
        this.loader = loader;
        this.listener = listener;
        this.secrets = loader.secretFiles();
        this.seen = contents();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cache-config-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Looks every so often, until it is closed.
     *
     * @param service stays open as long as its owner wants; closing it first ends nothing here
     * @param interval at least a millisecond
     */
    public static ConfigWatch start(
            CacheService service, CacheConfigLoader loader, Duration interval, Listener listener) {
        ConfigWatch watch = new ConfigWatch(service, loader, listener);
        long millis = Math.max(1, interval.toMillis());
        var unused = watch.timer.scheduleWithFixedDelay(watch::lookSafely, millis, millis, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException failure) {
            LOG.warn("The cache's configuration could not be looked at; the next look is tried.", failure);
        }
    }

    private synchronized void look() {
        Map<Path, byte[]> now = contents();
        if (now.keySet().equals(seen.keySet())
                && now.entrySet().stream().allMatch(each -> Arrays.equals(each.getValue(), seen.get(each.getKey())))) {
            return;
        }
        secrets = loader.secretFiles();
        seen = contents();
        try {
            CacheConfig config = loader.load();
            List<ConfigChange> changes = service.reconfigure(config);
            if (!changes.isEmpty()) {
                listener.changed(changes);
            }
        } catch (ConfigurationException faults) {
            listener.refused(faults);
        }
    }

    private Map<Path, byte[]> contents() {
        Map<Path, byte[]> contents = new TreeMap<>();
        Set<Path> files = new TreeSet<>(secrets);
        loader.sources().forEach(source -> source.path().ifPresent(files::add));
        for (Path path : files) {
            try {
                contents.put(path, Files.readAllBytes(path));
            } catch (IOException missing) {
                // being replaced, or gone: what the loader makes of it is told when it is loaded
                contents.put(path, new byte[0]);
            }
        }
        return contents;
    }

    /** Looks no more. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
