package io.cachemigrator.migrator.command;

import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.Workspace;
import io.cachemigrator.migrator.run.StatusReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.shell.command.CommandExceptionResolver;
import org.springframework.shell.command.CommandHandlingResult;
import org.springframework.shell.command.CommandRegistration;
import org.springframework.shell.jline.PromptProvider;

/** The interactive shell: the same commands inside Spring Shell, with completion and history. */
final class InteractiveShell {
    private InteractiveShell() {}

    /** What the shell adds to Spring Shell's own beans. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ShellConfiguration {

        @Bean
        PromptProvider prompt() {
            return () -> new AttributedString("migrator> ");
        }

        @Bean
        CommandExceptionResolver errors() {
            return e -> CommandHandlingResult.of(
                    "CM-101 " + e.getMessage() + "\nFix: run `help` to see the commands and options.\n", 2);
        }
    }

    static void run(Environment environment, Console console) {
        Interrupts interrupts = new Interrupts();
        CommandLine line = new CommandLine(Commands.all(interrupts), completions(environment), environment, console);
        ApplicationContextInitializer<GenericApplicationContext> commands = context -> line.registrations()
                .forEach((name, registration) ->
                        context.registerBean("command-" + name, CommandRegistration.class, () -> registration));
        new SpringApplicationBuilder(ShellConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(properties(environment))
                .initializers(commands)
                .run();
    }

    /** Options of Spring that the shell needs. */
    static Map<String, Object> properties(Environment environment) {
        return Migrator.shellProperties(historyFile(environment)).stream()
                .map(text -> text.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String historyFile(Environment environment) {
        String home = environment.variables().getOrDefault("HOME", System.getProperty("user.home", "."));
        Path folder = Path.of(home, ".cache-migrator");
        try {
            Files.createDirectories(folder);
            return folder.resolve("history").toString();
        } catch (IOException e) {
            throw new UncheckedIOException("the history's folder " + folder + " cannot be made", e);
        }
    }

    static Completions completions(Environment environment) {
        return new Completions(
                () -> List.copyOf(MigrationMaps.builtIn().keySet()),
                () -> MigrationMaps.builtIn().values().stream()
                        .flatMap(map -> map.keySpaces().stream())
                        .map(space ->
                                space.target() == null ? null : space.target().region())
                        .filter(region -> region != null)
                        .distinct()
                        .toList(),
                () -> runIds(environment),
                environment.currentFolder());
    }

    private static List<String> runIds(Environment environment) {
        try {
            Workspace workspace = Workspace.resolve(
                    new Workspace.Request(null, null, null, null, null, List.of()),
                    environment.currentFolder(),
                    environment.variables());
            return new StatusReader(workspace, Clock.systemUTC()).runIds();
        } catch (MigratorException e) {
            // a folder that is no project has no runs to propose
            return List.of();
        }
    }
}
