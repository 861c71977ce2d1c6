package io.cachemigrator.migrator.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs command lines in this process, as {@link Migrator} does without a terminal, and keeps what they print. */
public final class Cli {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path currentFolder;
    private final Map<String, String> variables;
    private final List<String> common;
    private final Interrupts interrupts = new Interrupts();

    private Cli(Path currentFolder, Map<String, String> variables, List<String> common) {
        this.currentFolder = currentFolder;
        this.variables = variables;
        this.common = common;
    }

    /** With a current folder and nothing else. */
    public static Cli in(Path folder) {
        return new Cli(folder, Map.of(), List.of());
    }

    /** With environment variables. */
    public Cli with(Map<String, String> environment) {
        return new Cli(currentFolder, environment, common);
    }

    /** With options that every line gets. */
    public Cli always(String... options) {
        List<String> all = new ArrayList<>(common);
        all.addAll(List.of(options));
        return new Cli(currentFolder, variables, all);
    }

    /** Runs a line. */
    public Outcome run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(common);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(print(out), print(err), false, false, false);
        int exitCode = new CommandLine(
                        Commands.all(interrupts), Completions.NONE, new Environment(currentFolder, variables), console)
                .run(all.toArray(String[]::new));
        return new Outcome(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                String.join(" ", all));
    }

    /** Runs a line with {@code --output json}. */
    public Outcome json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--output");
        all.add("json");
        return run(all.toArray(String[]::new));
    }

    /** What a process has printed, as the one document that it must be. */
    static JsonNode document(String out) {
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("standard output is not one JSON document: " + out, e);
        }
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /**
     * What a line did.
     *
     * @param exitCode its exit code
     * @param out standard output
     * @param err standard error
     * @param line the line
     */
    public record Outcome(int exitCode, String out, String err, String line) {
        /** Standard output as the one document that it must be. */
        public JsonNode document() {
            return Cli.document(out);
        }

        /** Standard output and standard error. */
        public String all() {
            return out + err;
        }

        /** The lines of standard error without progress: the error's first line and those after it. */
        public List<String> error() {
            List<String> lines = err.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("CM-")) {
                    return lines.subList(i, lines.size());
                }
            }
            return List.of();
        }
    }
}
