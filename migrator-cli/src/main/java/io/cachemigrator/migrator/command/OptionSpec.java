package io.cachemigrator.migrator.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An option of a command.
 *
 * @param name long name without dashes
 * @param label what its value is called in help; null for a flag
 * @param description what it does, in a line
 * @param repeatable whether it may be given several times
 * @param position place as an argument without a name, from 0; -1 = only by name
 * @param allowed the values it takes; empty = any
 */
record OptionSpec(
        String name,
        @Nullable String label,
        String description,
        boolean repeatable,
        int position,
        List<String> allowed) {

    static OptionSpec flag(String name, String description) {
        return new OptionSpec(name, null, description, false, -1, List.of());
    }

    static OptionSpec value(String name, String label, String description) {
        return new OptionSpec(name, label, description, false, -1, List.of());
    }

    static OptionSpec choice(String name, String description, String... allowed) {
        return new OptionSpec(name, String.join("|", allowed), description, false, -1, List.of(allowed));
    }

    static OptionSpec repeated(String name, String label, String description) {
        return new OptionSpec(name, label, description, true, -1, List.of());
    }

    static OptionSpec argument(int position, String name, String label, String description) {
        return new OptionSpec(name, label, description, false, position, List.of());
    }

    static OptionSpec argumentChoice(int position, String name, String description, String... allowed) {
        return new OptionSpec(name, String.join("|", allowed), description, false, position, List.of(allowed));
    }

    boolean isFlag() {
        return label == null;
    }
}
