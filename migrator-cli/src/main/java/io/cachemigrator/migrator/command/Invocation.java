package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.Families;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The options of one command line, checked against the command's specification. */
final class Invocation {
    private final CommandSpec command;
    private final Map<String, List<String>> values;
    private final Environment environment;
    private final Console console;

    Invocation(CommandSpec command, Map<String, List<String>> values, Environment environment, Console console) {
        this.command = command;
        this.values = values;
        this.environment = environment;
        this.console = console;
    }

    CommandSpec command() {
        return command;
    }

    Console console() {
        return console;
    }

    Environment environment() {
        return environment;
    }

    boolean flag(String name) {
        return values.containsKey(name);
    }

    Optional<String> value(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    String required(String name, String label) {
        return value(name)
                .orElseThrow(() -> usage(
                        "The command '" + command.name() + "' needs " + label + ".",
                        "It was not given.",
                        "Run for example: migrator " + command.example()));
    }

    /** Refuses an option that this version does not have, rather than ignoring it. */
    void refuse(String name, String instead) {
        if (values.containsKey(name)) {
            throw new MigratorException(
                    ErrorCode.NOT_AVAILABLE,
                    "--" + name + " is not part of this version.",
                    instead,
                    "Leave --" + name + " out.");
        }
    }

    List<String> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** A whole number between bounds. */
    int number(String name, int fallback, int least, int most) {
        return numberOr(List.of(), name, fallback, least, most);
    }

    /**
     * A number, or one of some words, which stand for the fallback.
     *
     * @param words what else it takes
     */
    int numberOr(List<String> words, String name, int fallback, int least, int most) {
        Optional<String> text = value(name);
        if (text.isEmpty() || words.contains(text.get())) {
            return fallback;
        }
        if (text.get().matches("-?\\d{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw usage(
                "--" + name + " is '" + text.get() + "'.",
                "It takes " + words.stream().map(word -> "'" + word + "' or ").collect(Collectors.joining())
                        + "a whole number from " + least + " to " + most + ".",
                "Give such a value, or leave the option out.");
    }

    Path currentFolder() {
        return environment.currentFolder();
    }

    Workspace workspace() {
        return Workspace.resolve(
                new Workspace.Request(
                        value("project").orElse(null),
                        value("config").orElse(null),
                        value("legacy").orElse(null),
                        value("target").orElse(null),
                        value("journal").orElse(null),
                        values("family")),
                environment.currentFolder(),
                environment.variables());
    }

    /**
     * The project of a command that changes things, once the change was agreed to. A wrong option is told before a missing
     * {@code --yes}, and that before anything that is wrong with the project or a store.
     *
     * @param question asked at the prompt, before the project's folder
     */
    Workspace confirmedWorkspace(String question) {
        Workspace workspace;
        try {
            workspace = workspace();
            new Families(workspace).selected();
        } catch (MigratorException e) {
            if (e.code().exitCode() == ExitCode.ENVIRONMENT && !flag("yes") && !console.interactive()) {
                throw unconfirmed();
            }
            throw e;
        }
        confirm(question + " " + workspace.root() + "?");
        return workspace;
    }

    private MigratorException unconfirmed() {
        return new MigratorException(
                ErrorCode.NOT_CONFIRMED,
                "'" + command.name() + "' changes things and was not confirmed.",
                "There is no terminal to ask on, and --yes was not given.",
                "Add --yes once you have reviewed what `migrator dry-run` shows.");
    }

    /** Makes sure that a change was agreed to, by {@code --yes} or at the prompt. */
    private void confirm(String question) {
        if (flag("yes")) {
            return;
        }
        if (!console.interactive()) {
            throw unconfirmed();
        }
        if (!console.ask(question)) {
            throw new MigratorException(
                    ErrorCode.NOT_CONFIRMED,
                    "'" + command.name() + "' was not confirmed.",
                    "The question was not answered with yes.",
                    "Run it again when you are ready; nothing was changed.");
        }
    }

    static MigratorException usage(String what, String why, String fix) {
        return new MigratorException(ErrorCode.USAGE, what, why, fix);
    }
}
