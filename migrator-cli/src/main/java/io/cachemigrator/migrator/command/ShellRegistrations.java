package io.cachemigrator.migrator.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.springframework.shell.CompletionProposal;
import org.springframework.shell.command.CommandParser.CommandParserResults;
import org.springframework.shell.command.CommandRegistration;
import org.springframework.shell.command.CommandRegistration.OptionArity;
import org.springframework.shell.command.CommandRegistration.OptionSpec;

/** The thin layer between our commands and Spring Shell: the one place that turns the former into the latter's. */
final class ShellRegistrations {
    private ShellRegistrations() {}

    /** A registration of every command; {@code target} runs what was parsed. */
    static Map<String, CommandRegistration> of(
            List<CommandSpec> commands, Completions completions, BiConsumer<CommandSpec, CommandParserResults> target) {
        Map<String, CommandRegistration> registrations = new TreeMap<>();
        for (CommandSpec command : commands) {
            registrations.put(command.name(), registration(command, completions, target));
        }
        return registrations;
    }

    private static CommandRegistration registration(
            CommandSpec command, Completions completions, BiConsumer<CommandSpec, CommandParserResults> target) {
        CommandRegistration.Builder builder = CommandRegistration.builder()
                .command(command.name().split(" "))
                .description(command.description() + ". Example: " + command.example())
                .group("Migrator");
        for (io.cachemigrator.migrator.command.OptionSpec option : command.allOptions()) {
            builder = option(builder.withOption(), option, completions).and();
        }
        return builder.withTarget()
                .consumer(context -> target.accept(command, context.getParserResults()))
                .and()
                .build();
    }

    private static OptionSpec option(
            OptionSpec spec, io.cachemigrator.migrator.command.OptionSpec option, Completions completions) {
        OptionSpec result = spec.longNames(option.name()).description(option.description());
        if (option.isFlag()) {
            return result.type(boolean.class).arity(OptionArity.ZERO);
        }
        result = option.repeatable()
                ? result.type(String[].class).arity(OptionArity.ONE_OR_MORE)
                : result.type(String.class).arity(OptionArity.EXACTLY_ONE);
        if (option.position() >= 0) {
            result = result.position(option.position());
        }
        return result.label(String.valueOf(option.label())).completion(context -> {
            List<CompletionProposal> proposals = new ArrayList<>();
            for (String value : completions.of(option, context.currentWordUpToCursor())) {
                proposals.add(new CompletionProposal(value));
            }
            return proposals;
        });
    }
}
