package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.data.Cancellation;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.report.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Runs a project's own tests with the command that its user named, in the project's folder. What the command prints goes to a
 * file; the command itself is written nowhere, since it may hold a secret.
 */
final class ProjectTests {
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final long LOOK_MILLIS = 200;

    private final Path root;
    private final Path folder;
    private final Cancellation cancellation;
    private final Progress progress;

    /**
     * Of a project.
     *
     * @param folder where what is printed and found goes
     */
    ProjectTests(Path root, Path folder, Cancellation cancellation, Progress progress) {
        this.root = root;
        this.folder = folder;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /** The state of the project before a run changes it; kept for {@link #before}. */
    void baseline(String runId, TestCommand asked) {
        TestOutcome outcome = run(runId, "before", asked);
        if (outcome.exitCode() == NOT_FOUND || outcome.exitCode() == NOT_EXECUTABLE) {
            throw unusable("The shell found nothing that it could run (" + outcome.exitCode() + ").", runId);
        }
        if (outcome.exitCode() != 0 && outcome.passed().isEmpty()) {
            throw unusable(
                    "It ended with " + outcome.exitCode() + " before anything was changed, and left no report of a test"
                            + " that passes.",
                    runId);
        }
        try {
            Files.writeString(file(runId, "before.txt"), outcome.text());
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private MigratorException unusable(String why, String runId) {
        return new MigratorException(
                ErrorCode.TESTS_UNUSABLE,
                "The command of --verify-tests tells nothing, so nothing was changed.",
                why,
                "Correct the command, or make the tests pass; " + file(runId, "before.log") + " has what it printed.");
    }

    /** What {@link #baseline} found. */
    TestOutcome before(String runId) {
        try {
            return TestOutcome.of(Files.readString(file(runId, "before.txt")));
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /** The state of the project after it was changed. */
    TestOutcome after(String runId, TestCommand asked) {
        return run(runId, "after", asked);
    }

    /** Where what a run of the tests printed is. */
    Path log(String runId) {
        return file(runId, "after.log");
    }

    private TestOutcome run(String runId, String when, TestCommand asked) {
        progress.line("Running the project's tests " + when + " the change");
        try {
            Files.createDirectories(folder);
            File log = file(runId, when + ".log").toFile();
            TestReports reports = new TestReports(root);
            Process process = new ProcessBuilder(shell(asked.command()))
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .redirectOutput(log)
                    .start();
            int exitCode = await(process, asked.limit());
            TestOutcome outcome = reports.fresh(exitCode);
            progress.line("  exit " + exitCode + ", " + outcome.passed().size() + " tests passed, "
                    + outcome.failed().size() + " failed");
            return outcome;
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    }

    private static File nothing() {
        return new File(isWindows() ? "NUL" : "/dev/null");
    }

    private static List<String> shell(String command) {
        return isWindows() ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
    }

    private int await(Process process, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                cancellation.check();
                if (System.nanoTime() - end > 0) {
                    throw new MigratorException(
                            ErrorCode.TESTS_UNUSABLE,
                            "The command of --verify-tests did not end.",
                            "It took longer than " + limit.toMinutes() + " minutes.",
                            "Allow it more with --verify-timeout, or name a shorter command.");
                }
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MigratorException(
                    ErrorCode.INTERRUPTED,
                    "The project's tests were interrupted.",
                    "The thread that waits for them was.",
                    "Run the command again.",
                    stopped);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private Path file(String runId, String name) {
        return folder.resolve(runId + "-" + name);
    }

    private static MigratorException unwritable(IOException failure) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "The project's tests cannot be run, or their outcome not be kept.",
                failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                "Correct the permissions of the project and of .migrator in it.",
                failure);
    }
}
