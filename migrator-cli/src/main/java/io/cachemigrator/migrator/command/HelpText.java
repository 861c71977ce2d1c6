package io.cachemigrator.migrator.command;

import java.util.ArrayList;
import java.util.List;

/** What {@code help} prints. */
final class HelpText {
    private HelpText() {}

    static List<String> overview(List<CommandSpec> commands) {
        List<String> lines = new ArrayList<>();
        lines.add("Moves an application from its legacy caches to one consolidated cache service.");
        lines.add("");
        lines.add("Usage: migrator COMMAND [OPTIONS]     without a command on a terminal: the interactive shell");
        lines.add("");
        for (CommandSpec command : commands) {
            lines.add(String.format("  %-14s %s", command.name(), command.description()));
        }
        lines.add("");
        lines.add("Run `migrator help COMMAND` for its options and an example.");
        return lines;
    }

    static List<String> of(CommandSpec command) {
        List<String> lines = new ArrayList<>();
        lines.add(command.name() + ": " + command.description());
        lines.add("");
        lines.add("Example: migrator " + command.example());
        if (!command.options().isEmpty()) {
            lines.add("");
            lines.add("Options:");
            command.options().forEach(option -> lines.add(line(option)));
        }
        lines.add("");
        lines.add("Options of every command:");
        CommandSpec.COMMON.forEach(option -> lines.add(line(option)));
        return lines;
    }

    private static String line(OptionSpec option) {
        String name = option.position() >= 0
                ? String.valueOf(option.label())
                : "--" + option.name() + (option.isFlag() ? "" : " " + option.label());
        return String.format("  %-28s %s", name, option.description());
    }
}
