package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.run.RunSteering;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code control}: pauses the copy of a run in progress, lets it go on, or changes its speed. */
final class ControlCommand {
    private static final int MOST_RATE = 10_000_000;
    private static final int MOST_THREADS = 64;

    private ControlCommand() {}

    static CommandSpec spec() {
        return new CommandSpec(
                "control",
                "pauses the copy of a run in progress, lets it go on, or changes its speed",
                "control --project my-app --pause",
                false,
                List.of(
                        OptionSpec.value("run", "ID", "run to control (default: the last)"),
                        OptionSpec.flag("pause", "let the copy wait"),
                        OptionSpec.flag("continue", "let the copy go on"),
                        OptionSpec.value("rate", "N", "most keys a second; 0 = no limit"),
                        OptionSpec.value("threads", "N", "workers, 1 to 64")),
                ControlCommand::run);
    }

    private static CommandResult run(Invocation invocation) {
        RunSteering.Request request = request(invocation);
        RunSteering.Result result = new RunSteering(invocation.workspace())
                .ask(invocation.value("run").orElse(null), request);
        List<String> lines = new ArrayList<>();
        lines.add("== Run " + result.runId());
        lines.add("  copy: " + (result.paused() ? "paused" : "runs") + ", "
                + (result.rate() == null
                        ? "rate as started"
                        : result.rate() == 0 ? "no rate limit" : "at most " + result.rate() + " keys/s")
                + ", " + (result.threads() == null ? "threads as started" : result.threads() + " threads"));
        lines.add(
                result.atWork() == null
                        ? "  nobody is at work on it: whoever resumes it will see this"
                        : "  seen within a second by " + result.atWork());
        return new CommandResult(
                ExitCode.OK,
                result,
                lines,
                List.of(result.atWork() == null ? "migrator migrate --resume --yes" : "migrator status"));
    }

    private static RunSteering.Request request(Invocation invocation) {
        boolean pause = invocation.flag("pause");
        boolean goOn = invocation.flag("continue");
        Integer rate = number(invocation, "rate", 0, MOST_RATE);
        Integer threads = number(invocation, "threads", 1, MOST_THREADS);
        if (pause && goOn) {
            throw usage("Both --pause and --continue were given.");
        }
        if (!pause && !goOn && rate == null && threads == null) {
            throw usage("None of --pause, --continue, --rate and --threads was given.");
        }
        return new RunSteering.Request(pause ? Boolean.TRUE : goOn ? Boolean.FALSE : null, rate, threads);
    }

    private static @Nullable Integer number(Invocation invocation, String name, int least, int most) {
        return invocation.value(name).isPresent() ? invocation.number(name, least, least, most) : null;
    }

    private static MigratorException usage(String why) {
        return Invocation.usage(
                "'control' was not told what to do.", why, "Run for example: migrator " + spec().example());
    }
}
