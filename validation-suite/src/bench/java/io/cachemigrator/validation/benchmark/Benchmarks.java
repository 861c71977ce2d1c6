package io.cachemigrator.validation.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks of one class in forks of their own, and writes what they measured and the ratios as a table. */
final class Benchmarks {
    private static final Path TABLES = Path.of("target", "benchmarks");

    private final Class<?> benchmark;
    private final Map<String, RunResult> byName = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    private Benchmarks(Class<?> benchmark, Collection<RunResult> results) {
        this.benchmark = benchmark;
        for (RunResult result : results) {
            byName.put(nameOf(result), result);
        }
        lines.add("| " + benchmark.getSimpleName() + " | score | error (99.9 %) | unit |");
        lines.add("| --- | ---: | ---: | --- |");
        byName.forEach((name, result) -> lines.add(String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %s |",
                name,
                result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                result.getPrimaryResult().getScoreUnit())));
    }

    /** Runs all benchmarks of a class; warm-up, measurement and forks are as its annotations say. */
    static Benchmarks of(Class<?> benchmark, String... jvmArguments) {
        List<String> arguments = new ArrayList<>(List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"));
        arguments.addAll(List.of(jvmArguments));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .jvmArgs(arguments.toArray(String[]::new))
                .shouldFailOnError(true);
        try {
            return new Benchmarks(benchmark, new Runner(options.build()).run());
        } catch (RunnerException failure) {
            throw new IllegalStateException(benchmark + " did not run: " + failure.getMessage(), failure);
        }
    }

    private static String nameOf(RunResult result) {
        String label = result.getPrimaryResult().getLabel();
        StringBuilder name = new StringBuilder(label);
        for (String parameter : result.getParams().getParamsKeys()) {
            name.append(' ')
                    .append(parameter)
                    .append('=')
                    .append(result.getParams().getParam(parameter));
        }
        return name.toString();
    }

    /** The time of one benchmark over that of another: 2 means twice as long. */
    double ratio(String ours, String theirs) {
        double ratio = score(ours) / score(theirs);
        lines.add(String.format(Locale.ROOT, "| **%s / %s** | **%.2f** | | |", ours, theirs, ratio));
        return ratio;
    }

    private double score(String name) {
        RunResult result = byName.get(name);
        if (result == null) {
            throw new IllegalArgumentException("no benchmark " + name + " in " + byName.keySet());
        }
        return result.getPrimaryResult().getScore();
    }

    /** Prints the table, and keeps it under {@code target/benchmarks}. */
    void print() {
        String table = String.join("\n", lines) + "\n";
        System.out.println("\n" + table);
        try {
            Files.createDirectories(TABLES);
            Files.writeString(TABLES.resolve(benchmark.getSimpleName() + ".md"), table);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
