package io.cachemigrator.migrator.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The toolkit in a process of its own, which can be killed. */
public final class CliProcess implements AutoCloseable {
    /** What the launcher says of the heap of commands that copy or compare. */
    public static final List<String> LAUNCHER_HEAP =
            List.of("-Xms32m", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40");

    private static final String MAIN = "io.cachemigrator.migrator.command.Migrator";
    private static final long PATIENCE_SECONDS = 90;
    private static final String END = "\u0000end";

    private final Process process;
    private final List<String> errorLines = new ArrayList<>();
    private final LinkedBlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> output;

    private CliProcess(Process process) {
        this.process = process;
        this.output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        Thread reader = new Thread(this::readErrors, "standard-error");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a line in a folder. */
    public static CliProcess start(Path folder, String... arguments) {
        return start(folder, List.of(), arguments);
    }

    /**
     * Starts a line in a folder, by a shell that lets it write no more than so much into any file.
     *
     * @param blocks of 512 bytes, or of 1,024 with some shells
     */
    public static CliProcess startOnASmallDisk(Path folder, int blocks, String... arguments) {
        return start(folder, List.of("/bin/sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"), arguments);
    }

    /** Starts a line in a folder, with options of the Java that runs it. */
    public static CliProcess startWith(List<String> javaOptions, Path folder, String... arguments) {
        return start(folder, List.of(), javaOptions, MAIN, arguments);
    }

    /** Starts a line that kills itself at a write of its journal, as {@code DyingMigrator} says. */
    public static CliProcess startDying(Path folder, long at, boolean after, String... arguments) {
        List<String> options = List.of("-Dkill.at=" + at, "-Dkill.after=" + after);
        return start(folder, List.of(), options, "io.cachemigrator.migrator.command.DyingMigrator", arguments);
    }

    private static CliProcess start(Path folder, List<String> shell, String... arguments) {
        return start(folder, shell, List.of(), MAIN, arguments);
    }

    private static CliProcess start(
            Path folder, List<String> shell, List<String> javaOptions, String main, String... arguments) {
        List<String> command = new ArrayList<>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.add(main);
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            return new CliProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readErrors() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                unread.add(line);
            }
        } catch (IOException e) {
            unread.add("unreadable: " + e.getMessage());
        } finally {
            unread.add(END);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line of standard error that holds a text. */
    public CliProcess await(String part) {
        while (true) {
            String line = next();
            if (line.equals(END)) {
                throw new AssertionError("the process ended before it said '" + part + "': " + errorLines);
            }
            if (line.contains(part)) {
                return this;
            }
        }
    }

    private String next() {
        try {
            String line = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("the process says nothing any more: " + errorLines);
            }
            if (!line.equals(END)) {
                errorLines.add(line);
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits for its end, however long that takes, and returns the most memory that it had resident, in bytes. */
    public long peakResidentBytes() {
        long peak = 0;
        try {
            do {
                peak = Math.max(peak, highWaterMark());
            } while (!process.waitFor(10, TimeUnit.MILLISECONDS));
            return peak;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private long highWaterMark() throws InterruptedException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .max()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            // its files vanish a moment before it counts as ended
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError(e);
            }
            return 0;
        }
    }

    /** Kills it at once, as SIGKILL does. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Sends a signal by name. */
    public CliProcess signal(String name) {
        try {
            Process kill = new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("the signal " + name + " could not be sent");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Standard output, once it has ended. */
    public String out() {
        return output.join();
    }

    /** Standard error, once it has ended. */
    public String err() {
        for (String line = next(); !line.equals(END); line = next()) {
            // next() keeps them
        }
        unread.add(END);
        return String.join("\n", errorLines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
