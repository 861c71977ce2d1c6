package io.cachemigrator.compat.services;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process of its own that counts with twenty threads. */
@SuppressWarnings("removal") // the legacy classes are what is tested
final class CounterProcess {
    static final String KEY = "visits";
    static final int THREADS = 20;
    static final int EACH = 500;

    private CounterProcess() {}

    static Process start(String url, Stage stage) {
        try {
            return new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            CounterProcess.class.getName(),
                            url,
                            stage.text()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts, and ends with an error if a single increment had no answer. */
    public static void main(String... arguments) throws Exception {
        LegacyCacheSettings settings = LegacyCacheSettings.builder(Map.of())
                .url(arguments[0])
                .stage(StageSource.fixed(Stage.parse(arguments[1])))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RedisCacheService cache = new RedisCacheService(settings)) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(() -> {
                    boolean all = true;
                    for (int n = 0; n < EACH; n++) {
                        OptionalLong now = cache.increment(KEY);
                        all &= now.isPresent();
                    }
                    return all;
                });
            }
            for (Future<Boolean> each : threads.invokeAll(calls)) {
                if (!each.get()) {
                    throw new IllegalStateException("An increment had no answer.");
                }
            }
        } finally {
            threads.shutdown();
        }
    }
}
