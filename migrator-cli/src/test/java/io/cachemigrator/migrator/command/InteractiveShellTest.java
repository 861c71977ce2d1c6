package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.TestProject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.shell.CompletionContext;
import org.springframework.shell.CompletionProposal;
import org.springframework.shell.InputProvider;
import org.springframework.shell.Shell;
import org.springframework.shell.command.CommandCatalog;
import org.springframework.shell.command.CommandRegistration;

/** The interactive shell's application context, with everything but a person at the keyboard. */
@Tag("CLI-1")
class InteractiveShellTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private ConfigurableApplicationContext start(Path folder) {
        Environment environment = new Environment(folder, Map.of("HOME", folder.toString()));
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(
                Commands.all(new Interrupts()),
                InteractiveShell.completions(environment),
                environment,
                new Console(stream, stream, false, false, false));
        return new SpringApplicationBuilder(InteractiveShell.ShellConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(InteractiveShell.properties(environment))
                .properties(Map.of("spring.shell.interactive.enabled", "false"))
                .initializers((GenericApplicationContext context) -> line.registrations()
                        .forEach((name, registration) ->
                                context.registerBean("command-" + name, CommandRegistration.class, () -> registration)))
                .run();
    }

    private static List<String> proposals(Shell shell, String... words) {
        String last = words[words.length - 1];
        return shell
                .complete(new CompletionContext(List.of(words), words.length - 1, last.length(), null, null))
                .stream()
                .map(CompletionProposal::value)
                .toList();
    }

    @Test
    void context_started_hasEveryCommandCompletionAndHistory(@TempDir Path folder) throws Exception {
        TestProject.in(folder);
        try (ConfigurableApplicationContext context = start(folder)) {
            assertThat(context.getBean(CommandCatalog.class).getRegistrations().keySet())
                    .contains("demo", "check", "dry-run", "migrate", "validate", "status", "rollback", "cache-get")
                    .contains("map list", "map show", "map validate", "help");
            Shell shell = context.getBean(Shell.class);
            assertThat(proposals(shell, "m")).contains("migrate", "map list");
            assertThat(proposals(shell, "migrate", "--")).contains("--plan", "--resume", "--legacy", "--rate");
            assertThat(proposals(shell, "check", "--family", "")).contains("services");
            assertThat(proposals(shell, "check", "--fail-on", "")).contains("manual", "any", "blocker");
            assertThat(proposals(shell, "check", "--output", "")).contains("text", "json");
            assertThat(context.getEnvironment().getProperty("spring.shell.history.name"))
                    .isEqualTo(folder.resolve(".cache-migrator/history").toString());
        }
    }

    @Test
    void shell_lines_runTheSameCommands(@TempDir Path folder) throws Exception {
        TestProject project = TestProject.in(folder).file(".env", "REDIS_POOL_SIZE=5\n");
        try (ConfigurableApplicationContext context = start(project.root())) {
            List<String> lines = List.of(
                    "map list",
                    "check --project .",
                    "status --output json",
                    "migrate --only config --yes",
                    "rollback --yes");
            var left = lines.iterator();
            InputProvider input = () -> {
                String next = left.hasNext() ? left.next() : null;
                return next == null ? null : () -> next;
            };
            context.getBean(Shell.class).run(input);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("services", "ready to migrate", "\"command\" : \"status\"", ": COMPLETED", "is undone");
        assertThat(project.read(".env")).isEqualTo("REDIS_POOL_SIZE=5\n");
    }

    @Test
    void completions_filesRunsAndRegions_areProposed(@TempDir Path folder) {
        TestProject project = TestProject.in(folder)
                .file(".env", "REDIS_POOL_SIZE=5\n")
                .file("maps/own.yml", "")
                .file("maps/sub/x", "");
        Cli cli = Cli.in(project.root());
        String run = cli.json("migrate", "--yes").document().get("runId").asText();
        Completions completions = InteractiveShell.completions(new Environment(project.root(), Map.of()));
        assertThat(completions.of(OptionSpec.value("run", "ID", ""), "")).containsExactly(run);
        assertThat(completions.of(OptionSpec.value("region", "REGION", ""), "")).contains("conversations", "metrics");
        assertThat(completions.of(OptionSpec.value("plan", "FILE", ""), "maps/"))
                .containsExactlyInAnyOrder("maps/own.yml", "maps/sub/");
        assertThat(completions.of(OptionSpec.value("plan", "FILE", ""), "absent/"))
                .isEmpty();
        assertThat(Stream.of("other").map(label -> completions.of(OptionSpec.value("x", label, ""), "")))
                .allMatch(List::isEmpty);
    }

    @Test
    void help_commandAndOverview_nameOptionsAndAnExample(@TempDir Path folder) {
        Cli cli = Cli.in(folder);
        assertThat(cli.run("help").out()).contains("migrate", "rollback", "map validate", "interactive shell");
        assertThat(cli.run().exitCode()).isZero();
        Cli.Outcome help = cli.run("help", "migrate");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Example: migrator migrate", "--plan FILE", "--resume", "--output text|json");
        assertThat(cli.run("migrate", "--help").out()).isEqualTo(help.out());
        assertThat(cli.run("help", "absent").exitCode()).isEqualTo(2);
        assertThat(cli.run("--version").out()).startsWith("migrator ");
    }
}
