package io.cachemigrator.migrator.testkit;

import io.cachemigrator.compat.services.LegacyCacheSettings;
import io.cachemigrator.compat.services.RedisCacheService;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.stage.StagedOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** An application over the shim in a process of its own, configured by its environment as any is. */
@SuppressWarnings("removal") // the legacy classes are what applications use
public final class ShimApplication implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private ShimApplication(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts one, which waits for {@link #begin()}.
     *
     * @param load threads that read and write; 0 = it only follows the stage
     * @param variables each {@code NAME=value}
     */
    public static ShimApplication start(int load, String... variables) {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LiveLoad.class.getName(),
                        String.valueOf(load))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        for (String variable : variables) {
            String[] parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        try {
            return new ShimApplication(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something once at the consolidated stage, without a mirror, as one does whose mirror never comes through. */
    public static void once(String url, Map<String, String> environment, Consumer<RedisCacheService> work) {
        LegacyCacheSettings settings = LegacyCacheSettings.builder(environment)
                .url(url)
                .stage(StageSource.fixed(new Stage.Consolidated()))
                .staged(StagedOptions.fromEnvironment(environment))
                .build();
        try (RedisCacheService cache = new RedisCacheService(settings)) {
            work.accept(cache);
        }
    }

    /** Lets it begin, and waits until it has. */
    public ShimApplication begin() {
        say("begin");
        return this;
    }

    /** Says a word to it and returns its answer, a line. */
    public String say(String word) {
        try {
            OutputStream to = process.getOutputStream();
            to.write((word + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("the application has ended");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
