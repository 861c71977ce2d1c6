package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.docs.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Keeps the page of each command in step with the command: what stands above the marker is written by this test, what
 * stands below it by people. A page that is behind is rewritten, and the test fails until the change is committed.
 */
@Tag("DOC-1")
@Tag("CLI-1")
class CommandPagesTest {
    private static final String MARKER = "<!-- notes -->";
    private static final Path PAGES = RepositoryRoot.find().resolve("docs/commands");

    @Test
    void pages_sayWhatTheCommandsDo() throws IOException {
        List<String> behind = new ArrayList<>();
        List<CommandSpec> commands = Commands.all(new Interrupts());
        for (CommandSpec command : commands) {
            update(PAGES.resolve(fileName(command)), page(command), behind);
        }
        update(PAGES.resolve("README.md"), index(commands), behind);
        assertThat(behind)
                .as("pages that were behind and are rewritten now; review and commit them")
                .isEmpty();
    }

    @Test
    void pages_haveNotesAndNoneIsLeftOver() throws IOException {
        List<String> expected = new ArrayList<>(Commands.all(new Interrupts()).stream()
                .map(CommandPagesTest::fileName)
                .toList());
        expected.add("README.md");
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
        for (CommandSpec command : Commands.all(new Interrupts())) {
            String page = Files.readString(PAGES.resolve(fileName(command)));
            assertThat(page.substring(page.indexOf(MARKER) + MARKER.length()).strip())
                    .as("notes of " + command.name())
                    .isNotEmpty();
        }
    }

    private static void update(Path file, String generated, List<String> behind) throws IOException {
        String current = Files.exists(file) ? Files.readString(file) : "";
        int marker = current.indexOf(MARKER);
        String wanted = generated + (marker < 0 ? "" : current.substring(marker));
        if (!wanted.equals(current)) {
            Files.writeString(file, wanted);
            behind.add(file.getFileName().toString());
        }
    }

    private static String fileName(CommandSpec command) {
        return command.name().replace(' ', '-') + ".md";
    }

    private static String page(CommandSpec command) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(command.name()).append("\n\n");
        page.append(sentence(command.description())).append("\n\n");
        page.append("```\n./migrator ").append(command.example()).append("\n```\n\n");
        if (!command.options().isEmpty()) {
            table(page, command.options());
        }
        page.append("It also takes the [options of every command](README.md#options-of-every-command).\n\n");
        return page.toString();
    }

    private static void table(StringBuilder page, List<OptionSpec> options) {
        page.append("| option | meaning |\n| --- | --- |\n");
        for (OptionSpec option : options) {
            String name = option.position() >= 0
                    ? String.valueOf(option.label())
                    : "--" + option.name() + (option.isFlag() ? "" : " " + option.label());
            page.append("| `").append(name.replace("|", "\\|")).append("` | ");
            page.append(option.description()).append(" |\n");
        }
        page.append('\n');
    }

    private static String index(List<CommandSpec> commands) {
        StringBuilder page = new StringBuilder("# Commands\n\n| command | what it does |\n| --- | --- |\n");
        for (CommandSpec command : commands) {
            page.append("| [")
                    .append(command.name())
                    .append("](")
                    .append(fileName(command))
                    .append(") | ");
            page.append(command.description()).append(" |\n");
        }
        page.append("\n## Options of every command\n\n");
        table(page, CommandSpec.COMMON);
        return page.toString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
