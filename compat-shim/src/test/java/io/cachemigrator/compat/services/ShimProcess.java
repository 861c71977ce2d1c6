package io.cachemigrator.compat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** An application of its own over the shim, configured by its environment: it writes one key over and over. */
@SuppressWarnings("removal") // the legacy classes are what is tested
final class ShimProcess implements AutoCloseable {
    static final String KEY = "probe";

    private final Process process;

    private ShimProcess(Process process) {
        this.process = process;
    }

    static ShimProcess start(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ShimProcess.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        try {
            return new ShimProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes until it is killed. */
    public static void main(String... arguments) {
        try (RedisCacheService cache = new RedisCacheService()) {
            for (int i = 0; ; i++) {
                cache.set(KEY, i);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
