package io.cachemigrator.migrator.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A command: what it is called, what help says of it, and what runs it.
 *
 * @param name as typed
 * @param description what it does, in a line
 * @param example a line that works
 * @param changes whether it changes anything beyond the toolkit's own folder, so that it asks first
 * @param options its own options; those of every command come on top
 * @param handler runs it
 */
record CommandSpec(
        String name, String description, String example, boolean changes, List<OptionSpec> options, Handler handler) {

    /** Options that every command takes. */
    static final List<OptionSpec> COMMON = List.of(
            OptionSpec.value("project", "DIR", "the project's folder (default: the current one)"),
            OptionSpec.value("config", "FILE", "configuration file (default: migrator.yml in the project)"),
            OptionSpec.value(
                    "legacy",
                    "URI",
                    "legacy store: redis://, rediss://, redis-sentinel://, redis-cluster://, disk:DIR, dump:FILE, diskcache:DIR"),
            OptionSpec.value(
                    "target",
                    "URI",
                    "target store: redis://, rediss://, redis-sentinel://, redis-cluster://, disk:DIR (default: the"
                            + " legacy server)"),
            OptionSpec.repeated("family", "NAME", "legacy family; may be given several times (default: all detected)"),
            OptionSpec.value("journal", "JDBC-URL", "journal database (default: a file under .migrator/)"),
            OptionSpec.choice("output", "text for people, json for one document on standard output", "text", "json"),
            OptionSpec.flag("no-color", "no colours"),
            OptionSpec.flag("quiet", "only results and errors"),
            OptionSpec.flag("verbose", "more detail, and stack traces with errors"),
            OptionSpec.flag("yes", "no questions"));

    List<OptionSpec> allOptions() {
        List<OptionSpec> all = new ArrayList<>(options);
        all.addAll(COMMON);
        return all;
    }

    /** Runs a command. */
    @FunctionalInterface
    interface Handler {
        /** Runs it with its options and returns what to print and the exit code. */
        CommandResult run(Invocation invocation);
    }
}
