package io.cachemigrator.migrator.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.demo.DemoRedis;
import io.cachemigrator.migrator.demo.LegacyData;
import io.cachemigrator.migrator.demo.SampleProject;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.source.ProjectCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code demo}: the whole way on a bundled sample, in a temporary folder that is removed. */
final class DemoCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoCommand() {}

    private record Step(String line, int exitCode, long durationMs) {}

    private record Proof(
            int legacyKeys,
            long migrated,
            long quarantined,
            long left,
            long differences,
            int sourceFilesRewritten,
            boolean sourceCompiles,
            boolean rollbackKeysIdentical,
            boolean rollbackFilesIdentical) {

        boolean holds() {
            return differences == 0
                    && sourceFilesRewritten > 0
                    && sourceCompiles
                    && rollbackKeysIdentical
                    && rollbackFilesIdentical
                    && migrated > 0;
        }
    }

    private record Document(List<Step> commands, Proof proof) {}

    static CommandSpec spec(Interrupts interrupts) {
        return new CommandSpec(
                "demo",
                "runs the whole migration on a bundled sample, explains each step, and proves the result",
                "demo",
                false,
                List.of(),
                invocation -> new Run(invocation, interrupts).run());
    }

    /** One demo. */
    private static final class Run {
        private final Invocation invocation;
        private final Interrupts interrupts;
        private final List<Step> steps = new ArrayList<>();
        private final boolean json;

        Run(Invocation invocation, Interrupts interrupts) {
            this.invocation = invocation;
            this.interrupts = interrupts;
            this.json = invocation.value("output").filter("json"::equals).isPresent();
        }

        CommandResult run() {
            // its server and folder are to be cleaned away before an interrupted process ends
            interrupts.fresh("Run `migrator demo` again.");
            SampleProject sample = sample(invocation.values("family"));
            try {
                Path folder = Files.createTempDirectory("migrator-demo-").toRealPath();
                try (DemoRedis server = DemoRedis.start(folder)) {
                    return guided(sample, Files.createDirectory(folder.resolve(sample.title())), server);
                } finally {
                    SampleProject.remove(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the demo's folder cannot be made", e);
            }
        }

        private static SampleProject sample(List<String> families) {
            if (families.isEmpty()) {
                return SampleProject.SERVICES;
            }
            if (families.size() == 1) {
                for (SampleProject sample : SampleProject.values()) {
                    if (sample.name().equalsIgnoreCase(families.get(0))) {
                        return sample;
                    }
                }
            }
            throw new MigratorException(
                    ErrorCode.USAGE,
                    "There is no sample of '" + String.join(", ", families) + "'.",
                    "The demo runs on one sample: services or factory.",
                    "Run `migrator demo`, or `migrator demo --family factory`.");
        }

        private CommandResult guided(SampleProject sample, Path project, DemoRedis server) {
            String uri = server.uri();
            sample.unpack(project);
            int legacyKeys = server.load(sample.data());
            say("A legacy application, '" + sample.title().replace('-', ' ') + "', and a Redis server with "
                    + legacyKeys + " legacy entries.");
            LegacyData.Snapshot keysBefore = server.snapshot();
            Map<String, String> filesBefore = SampleProject.hashes(project);

            JsonNode check = command(
                    project, uri, "check", "takes inventory of call sites, settings and data, and changes nothing");
            JsonNode dryRun =
                    command(project, uri, "dry-run", "writes a plan of every change, named by the hash of its content");
            String plan = dryRun.at("/plan/file").asText();
            JsonNode migrate = command(
                    project,
                    uri,
                    "migrate",
                    "applies exactly that plan: backup, sources, settings, data, verification",
                    "--plan",
                    plan,
                    "--yes");
            Map<String, String> filesMigrated = SampleProject.hashes(project);
            boolean compiles = compiles(project);
            JsonNode validate = command(
                    project, uri, "validate", "compares every entry on both sides and tries the target's behaviour");
            command(project, uri, "status", "shows stage and run from the journal");
            command(project, uri, "rollback", "takes everything back", "--yes");

            boolean keysIdentical = server.snapshot().differences(keysBefore).isEmpty();
            boolean filesIdentical = SampleProject.hashes(project).equals(filesBefore);
            long migrated = sum(migrate.get("keySpaces"), "written");
            long quarantined = sum(migrate.get("keySpaces"), "quarantined");
            Proof proof = new Proof(
                    legacyKeys,
                    migrated,
                    quarantined,
                    legacyKeys - sum(check.get("keySpaces"), "keys") + sum(migrate.get("keySpaces"), "left"),
                    validate.path("differenceCount").asLong(-1),
                    rewritten(filesBefore, filesMigrated),
                    compiles,
                    keysIdentical,
                    filesIdentical);
            return new CommandResult(
                    proof.holds() ? ExitCode.OK : ExitCode.FINDINGS,
                    new Document(steps, proof),
                    text(proof),
                    List.of("migrator check --project YOUR-PROJECT --legacy redis://HOST:PORT"));
        }

        private void say(String line) {
            if (!json) {
                invocation.console().print(line);
            }
        }

        private JsonNode command(Path project, String uri, String name, String explanation, String... more) {
            say("");
            say("migrator " + name + ": " + explanation);
            List<String> arguments = new ArrayList<>(List.of(name, "--project", project.toString(), "--legacy", uri));
            arguments.addAll(List.of(more));
            arguments.addAll(List.of("--output", "json", "--quiet"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Console console = new Console(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    false,
                    true);
            CommandLine line =
                    new CommandLine(Commands.all(interrupts), Completions.NONE, invocation.environment(), console);
            long begun = System.nanoTime();
            int exitCode = line.run(arguments.toArray(String[]::new));
            long duration = (System.nanoTime() - begun) / 1_000_000;
            steps.add(new Step("migrator " + name, exitCode, duration));
            JsonNode document = parse(out.toString(StandardCharsets.UTF_8));
            say("  exit " + exitCode + ", " + duration + " ms: " + DemoSummary.of(name, document));
            if (exitCode != ExitCode.OK && exitCode != ExitCode.FINDINGS) {
                say(err.toString(StandardCharsets.UTF_8).strip().indent(2).stripTrailing());
            }
            return document;
        }

        private static JsonNode parse(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a command printed no document", e);
            }
        }

        private static boolean compiles(Path project) {
            return ProjectCode.read(project).compileErrors().isEmpty();
        }

        private static int rewritten(Map<String, String> before, Map<String, String> after) {
            return (int) before.entrySet().stream()
                    .filter(file ->
                            file.getKey().endsWith(".java") && !file.getValue().equals(after.get(file.getKey())))
                    .count();
        }

        private static long sum(JsonNode array, String field) {
            long sum = 0;
            for (JsonNode element : array) {
                sum += element.path(field).asLong();
            }
            return sum;
        }

        private static List<String> text(Proof proof) {
            return List.of(
                    "",
                    "== Proof",
                    "  legacy entries            " + proof.legacyKeys(),
                    "  migrated                  " + proof.migrated(),
                    "  set aside with a reason   " + proof.quarantined(),
                    "  left untouched            " + proof.left(),
                    "  differences               " + proof.differences(),
                    "  source files rewritten    " + proof.sourceFilesRewritten() + ", compiling: "
                            + proof.sourceCompiles(),
                    "  after rollback            keys identical: " + proof.rollbackKeysIdentical()
                            + ", files identical: " + proof.rollbackFilesIdentical());
        }
    }
}
