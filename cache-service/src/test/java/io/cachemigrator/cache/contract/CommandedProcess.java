package io.cachemigrator.cache.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another process that uses a service, does what the test says, and may be stopped or killed in the middle of it. */
final class CommandedProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** Started and open for commands. */
    CommandedProcess(TierPolicy policy, Object store) throws Exception {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CommandedProcess.class.getName(),
                        policy.name(),
                        store.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread reader = new Thread(this::read, "commanded-process");
        reader.setDaemon(true);
        reader.start();
        expect("ready");
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException killed) {
            lines.add("ended");
        }
    }

    /** Gives it a command. */
    void tell(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Gives it a command and waits for the answer. */
    String ask(String command) throws Exception {
        tell(command);
        return answer();
    }

    /** Its next answer. */
    String answer() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the process does not answer");
        }
        return line;
    }

    /** Whether it has answered already. */
    boolean hasAnswered() {
        return !lines.isEmpty();
    }

    void expect(String expected) throws InterruptedException {
        String line = answer();
        if (!line.equals(expected)) {
            throw new AssertionError("'" + expected + "' was expected of the process; it says '" + line + "'");
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal: {@code STOP} or {@code CONT}. */
    void signal(String name) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill ended with " + code);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** Arguments: tier policy, and a Redis URI or a folder. Commands are lines: see {@link #answer(Region, List, BufferedReader)}. */
    public static void main(String[] arguments) throws Exception {
        TierPolicy policy = TierPolicy.valueOf(arguments[0]);
        CacheConfigBuilder config = CacheConfig.builder()
                .defaults(RegionConfig.builder("default").tiers(policy).build());
        if (policy.usesRedis()) {
            config.redisUri(arguments[1]);
        } else {
            config.diskFolder(Path.of(arguments[1]));
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (CacheService service = CacheService.open(config.build())) {
            Region<String> region = service.region("r", String.class);
            System.out.println("ready");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(answer(region, new ArrayList<>(List.of(line.split(" "))), input));
            }
        }
    }

    /**
     * {@code get ID...}: the values; {@code hot ID}: the value after many hits; {@code load ID VALUE}: the value loaded, where
     * the loader says "loading" and then waits for a line.
     */
    private static String answer(Region<String> region, List<String> words, BufferedReader input) {
        String command = words.remove(0);
        return switch (command) {
            case "get" ->
                String.join(" ", words.stream().map(id -> text(region.get(id))).toList());
            case "hot" -> {
                for (int i = 0; i < 100_000; i++) {
                    region.get(words.get(0));
                }
                yield text(region.get(words.get(0)));
            }
            case "load" -> "loaded " + region.getOrLoad(words.get(0), id -> load(words.get(1), input));
            default -> "what is " + command + "?";
        };
    }

    private static String text(@Nullable String value) {
        return value == null ? "nothing" : value;
    }

    private static String load(String value, BufferedReader input) {
        System.out.println("loading");
        try {
            input.readLine();
            return value;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
