package io.cachemigrator.migrator.command;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.report.Documents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.shell.command.CommandParser;
import org.springframework.shell.command.CommandParser.CommandParserException;
import org.springframework.shell.command.CommandParser.CommandParserResult;
import org.springframework.shell.command.CommandParser.CommandParserResults;
import org.springframework.shell.command.CommandRegistration;
import org.springframework.shell.command.parser.ParserConfig;

/**
 * Runs one command line: parses it with Spring Shell's parser, runs the command and prints its result or error. Needs no
 * application context, so that short commands start fast.
 */
final class CommandLine {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLine.class);
    private static final Pattern PARSER_MESSAGE =
            Pattern.compile("^\\d+E:(?:\\(pos -?\\d+\\): )?(.*)$", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    /** Commands that are specified and not built yet. */
    private static final Set<String> PLANNED = Set.of("report");

    private final List<CommandSpec> commands;
    private final Map<String, CommandRegistration> registrations;
    private final Environment environment;
    private final Console console;

    CommandLine(List<CommandSpec> commands, Completions completions, Environment environment, Console console) {
        this.commands = commands;
        this.environment = environment;
        this.console = console;
        this.registrations = ShellRegistrations.of(commands, completions, this::runParsed);
    }

    Map<String, CommandRegistration> registrations() {
        return registrations;
    }

    /** Runs a line and returns its exit code. */
    int run(String... arguments) {
        boolean json = wantsJson(arguments);
        try {
            if (arguments.length == 0
                    || arguments[0].equals("help")
                    || Arrays.asList(arguments).contains("--help")) {
                return help(arguments);
            }
            if (arguments[0].equals("--version") || arguments[0].equals("version")) {
                console.print("migrator " + Version.current());
                return ExitCode.OK;
            }
            return runParsed(find(arguments), parse(arguments));
        } catch (MigratorException e) {
            return failed(commandName(arguments), json, e, isVerbose(arguments));
        } catch (RuntimeException e) {
            return failed(commandName(arguments), json, defect(e), isVerbose(arguments));
        }
    }

    private CommandSpec find(String... arguments) {
        if (PLANNED.contains(arguments[0])) {
            throw new MigratorException(
                    ErrorCode.NOT_AVAILABLE,
                    "The command '" + arguments[0] + "' is not part of this version.",
                    "Commands are: " + String.join(", ", registrations.keySet()) + ".",
                    "Use one of them.");
        }
        return lookup(arguments)
                .orElseThrow(() -> Invocation.usage(
                        "There is no command '" + StoreUri.hideSecrets(arguments[0]) + "'.",
                        "Commands are: " + String.join(", ", registrations.keySet()) + ".",
                        Nearest.to(arguments[0], registrations.keySet())
                                        .map(near -> "Did you mean `migrator " + near + "`? ")
                                        .orElse("")
                                + "Run `migrator help`."));
    }

    private java.util.Optional<CommandSpec> lookup(String... arguments) {
        return commands.stream()
                .filter(command -> {
                    String[] words = command.name().split(" ");
                    return words.length <= arguments.length
                            && Arrays.equals(words, 0, words.length, arguments, 0, words.length);
                })
                .reduce((first, second) -> second.name().length() > first.name().length() ? second : first);
    }

    private String commandName(String... arguments) {
        return lookup(arguments).map(CommandSpec::name).orElse(arguments.length == 0 ? "" : "unknown");
    }

    private CommandParserResults parse(String... arguments) {
        CommandSpec command = find(arguments);
        CommandParserResults results = CommandParser.of(
                        DefaultConversionService.getSharedInstance(), registrations, new ParserConfig())
                .parse(arguments);
        if (!results.errors().isEmpty()) {
            throw usage(command, results.errors());
        }
        return results;
    }

    private static MigratorException usage(CommandSpec command, List<CommandParserException> errors) {
        List<String> reasons = new ArrayList<>();
        for (CommandParserException error : errors) {
            Matcher matcher = PARSER_MESSAGE.matcher(String.valueOf(error.getMessage()));
            reasons.add(matcher.matches() ? matcher.group(1) : String.valueOf(error.getMessage()));
        }
        String what = StoreUri.hideSecrets(reasons.get(0));
        List<String> names =
                command.allOptions().stream().map(o -> "--" + o.name()).toList();
        Matcher quoted = QUOTED.matcher(what);
        String near = quoted.find() && what.startsWith("Unrecognised")
                ? Nearest.to(quoted.group(1), names)
                        .map(n -> "Did you mean " + n + "? ")
                        .orElse("")
                : "";
        return Invocation.usage(
                "'" + command.name() + "': " + what + ".",
                "Its options are: " + String.join(", ", names) + ".",
                near + "Run `migrator help " + command.name() + "`.");
    }

    /** Runs a command whose line was parsed, here or by the interactive shell; returns the exit code. */
    private int runParsed(CommandSpec command, CommandParserResults results) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        boolean json = false;
        boolean verbose = false;
        try {
            for (CommandParserResult result : results.results()) {
                String name = result.option().getLongNames()[0];
                List<String> given = texts(result.value());
                if (!given.isEmpty()) {
                    values.computeIfAbsent(name, key -> new ArrayList<>()).addAll(given);
                }
            }
            json = values.getOrDefault("output", List.of()).contains("json");
            verbose = values.containsKey("verbose");
            check(command, values, results.positional());
            Console own = console.with(values.containsKey("no-color"), values.containsKey("quiet"));
            Invocation invocation = new Invocation(command, values, environment, own);
            return print(own, command, command.handler().run(invocation), json);
        } catch (MigratorException e) {
            return failed(command.name(), json, e, verbose);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(command.name(), json, defect(e), verbose);
        }
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object value) {
        if (value == null || value.equals(false)) {
            return List.of();
        }
        if (value instanceof String[] array) {
            return List.of(array);
        }
        return List.of(String.valueOf(value));
    }

    private static void check(CommandSpec command, Map<String, List<String>> values, List<String> positional) {
        long places = command.options().stream().filter(o -> o.position() >= 0).count();
        if (positional.size() > places) {
            throw Invocation.usage(
                    "'" + command.name() + "' does not take the argument '"
                            + StoreUri.hideSecrets(positional.get((int) places)) + "'.",
                    places == 0 ? "It takes options only." : "It takes " + places + " at most.",
                    "Run `migrator help " + command.name() + "`.");
        }
        for (OptionSpec option : command.allOptions()) {
            for (String value : values.getOrDefault(option.name(), List.of())) {
                if (!option.isFlag()
                        && !option.allowed().isEmpty()
                        && !option.allowed().contains(value)) {
                    throw Invocation.usage(
                            (option.position() >= 0 ? "'" + option.name() : "'--" + option.name()) + "' is '" + value
                                    + "'.",
                            "Allowed values: " + String.join(", ", option.allowed()) + ".",
                            Nearest.to(value, option.allowed())
                                    .map(near -> "Did you mean '" + near + "'?")
                                    .orElse("Give one of them."));
                }
            }
        }
    }

    private static int print(Console console, CommandSpec command, CommandResult result, boolean json) {
        if (json) {
            console.printRaw(
                    Documents.render(command.name(), result.exitCode(), result.document(), result.nextSteps()));
        } else {
            result.text().forEach(console::print);
            if (!result.nextSteps().isEmpty()) {
                console.print("");
                console.print("Next: " + result.nextSteps().get(0));
                result.nextSteps().stream().skip(1).forEach(step -> console.print("      " + step));
            }
        }
        return result.exitCode();
    }

    private int failed(String command, boolean json, MigratorException e, boolean verbose) {
        LOG.atLevel(e.code() == ErrorCode.DEFECT ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.INFO)
                .setCause(e)
                .log("{} ended with {}", command, e.code().code());
        console.error(e.code().code() + " " + e.what());
        console.error("  " + e.why());
        console.error("Fix: " + e.fix());
        if (verbose) {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace));
            console.error(StoreUri.hideSecrets(trace.toString()));
        }
        if (json) {
            console.printRaw(Documents.render(
                    command,
                    e.code().exitCode(),
                    Map.of("error", new ErrorDocument(e.code().code(), e.what(), e.why(), e.fix())),
                    List.of(e.fix())));
        }
        return e.code().exitCode();
    }

    private static MigratorException defect(Throwable e) {
        return new MigratorException(
                ErrorCode.DEFECT,
                "This is a defect of the toolkit: " + e.getClass().getSimpleName() + ".",
                StoreUri.hideSecrets(String.valueOf(e.getMessage())),
                "Report it with the output of the same command and --verbose; the journal is intact.",
                e);
    }

    private int help(String... arguments) {
        String[] words = Arrays.stream(arguments)
                .filter(word -> !word.equals("help") && !word.equals("--help"))
                .toArray(String[]::new);
        if (words.length == 0) {
            HelpText.overview(commands).forEach(console::print);
        } else {
            HelpText.of(find(words)).forEach(console::print);
        }
        return ExitCode.OK;
    }

    private static boolean wantsJson(String... arguments) {
        List<String> list = Arrays.asList(arguments);
        int at = list.indexOf("--output");
        return list.contains("--output=json")
                || (at >= 0 && at + 1 < list.size() && list.get(at + 1).equals("json"));
    }

    private static boolean isVerbose(String... arguments) {
        return Arrays.asList(arguments).contains("--verbose");
    }

    /** The {@code error} field of a document. */
    private record ErrorDocument(String code, String what, String why, String fix) {}
}
