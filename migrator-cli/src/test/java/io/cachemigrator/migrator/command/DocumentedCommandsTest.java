package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.demo.SampleProject;
import io.cachemigrator.migrator.docs.RepositoryRoot;
import io.cachemigrator.migrator.testkit.LegacySample;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/**
 * Runs every command that the documentation shows behind a {@code <!-- test -->} mark, in the order of the page, on a
 * project of the documented name and a Redis server with legacy data. A block's exit code is 0 unless its mark says
 * another; a block of several commands may hold one that finds something to report.
 */
@Tag("DOC-1")
class DocumentedCommandsTest {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- test(?: exit=(\\d+))? -->\\R```sh\\R(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/quick-start.md", "docs/migration-maps.md"})
    void commands_ofAPage_endAsItSays(String page) throws IOException {
        SampleProject.SERVICES.unpack(Files.createDirectory(folder.resolve("my-app")));
        String text = Files.readString(RepositoryRoot.find().resolve(page));
        int commands = 0;
        try (TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            LegacySample.load(redis);
            Matcher blocks = BLOCK.matcher(text);
            while (blocks.find()) {
                List<String> lines = blocks.group(2)
                        .lines()
                        .filter(line -> line.startsWith("./migrator"))
                        .toList();
                for (String line : lines) {
                    commands++;
                    int exit = run(line.replace("redis://localhost:6379", server.uri()));
                    int expected = blocks.group(1) == null ? 0 : Integer.parseInt(blocks.group(1));
                    if (lines.size() > 1 && line.contains(" migrate ")) {
                        assertThat(exit).as(line).isIn(0, 1);
                    } else {
                        assertThat(exit).as(line).isEqualTo(expected);
                    }
                }
            }
        }
        assertThat(commands).as("commands shown on " + page).isGreaterThan(1);
    }

    @Test
    void examples_ofTheCommands_endAsTheyShould() throws IOException {
        SampleProject.SERVICES.unpack(Files.createDirectory(folder.resolve("my-app")));
        Files.writeString(folder.resolve("my-cache.yml"), mapShownInTheDocs());
        Map<String, CommandSpec> commands = Commands.all(new Interrupts()).stream()
                .collect(Collectors.toMap(CommandSpec::name, command -> command));
        List<String> order = List.of(
                "map list",
                "map show",
                "map validate",
                "check",
                "dry-run",
                "migrate",
                "validate",
                "status",
                "control",
                "rollout",
                "cache-get",
                "cache-stats",
                "cache-health",
                "check-cache",
                "dump-cache",
                "clear-cache",
                "warm-cache",
                "rollback",
                "arch",
                "demo");
        assertThat(order).containsExactlyInAnyOrderElementsOf(commands.keySet());
        try (TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            LegacySample.load(redis);
            Files.writeString(folder.resolve("my-app/migrator.yml"), "legacy: " + server.uri() + "\n");
            for (String name : order) {
                String line = commands.get(name)
                        .example()
                        .replace("redis://localhost:6379", server.uri())
                        .replace("plan-0123456789ab", "plan-*");
                // the sample has entries that are set aside, which migrate ends with 1 for; and then nothing is left to
                // control; and it is not compiled, so that arch has no classes to look at
                Map<String, Integer> others = Map.of("migrate", 1, "control", 4, "arch", 3);
                int expected = others.getOrDefault(name, 0);
                assertThat(run("./migrator " + line)).as(line).isEqualTo(expected);
            }
        }
    }

    private static String mapShownInTheDocs() throws IOException {
        String page = Files.readString(RepositoryRoot.find().resolve("docs/migration-maps.md"));
        Matcher yaml = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(yaml.find()).isTrue();
        return yaml.group(1);
    }

    private int run(String line) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String word : line.substring("./migrator ".length()).split(" +")) {
            arguments.add(word.contains("*") ? expanded(word) : word);
        }
        PrintStream sink = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(sink, sink, false, false, false);
        return new CommandLine(
                        Commands.all(new Interrupts()), Completions.NONE, new Environment(folder, Map.of()), console)
                .run(arguments.toArray(String[]::new));
    }

    /** As a shell does. */
    private String expanded(String word) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + folder.resolve(word));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(matcher::matches).findFirst().orElseThrow().toString();
        }
    }
}
