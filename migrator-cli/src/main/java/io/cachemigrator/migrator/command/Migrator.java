package io.cachemigrator.migrator.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The toolkit's entry point: one command with arguments, the interactive shell without. */
public final class Migrator {
    private Migrator() {}

    /** Runs and ends the process with the exit code. */
    public static void main(String[] arguments) {
        if (!Arrays.asList(arguments).contains("--verbose")) {
            System.setProperty("migrator.log.level", "OFF");
        }
        boolean terminal = Boolean.getBoolean("migrator.terminal");
        boolean colour = terminal && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        Console console = new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), colour, terminal, false);
        Environment environment = Environment.ofProcess();
        if (arguments.length == 0 && terminal) {
            InteractiveShell.run(environment, console);
            return;
        }
        Interrupts interrupts = new Interrupts();
        interrupts.install();
        int exitCode = new CommandLine(Commands.all(interrupts), Completions.NONE, environment, console).run(arguments);
        interrupts.finished(exitCode);
        System.exit(exitCode);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Options of Spring Boot that the interactive shell needs. */
    static List<String> shellProperties(String historyFile) {
        return List.of(
                "spring.main.web-application-type=none",
                "spring.main.banner-mode=off",
                "spring.main.log-startup-info=false",
                "spring.shell.interactive.enabled=true",
                "spring.shell.noninteractive.enabled=false",
                "spring.shell.script.enabled=false",
                "spring.shell.history.name=" + historyFile,
                "spring.shell.command.stacktrace.enabled=false",
                "spring.shell.command.version.enabled=false");
    }
}
