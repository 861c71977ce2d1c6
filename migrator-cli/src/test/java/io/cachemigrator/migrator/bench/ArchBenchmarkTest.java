package io.cachemigrator.migrator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.TestProject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The check of compiled classes, in a process of its own with a heap of 1 GB: the first run, the run that makes the store, and a
 * run after one class has changed. Prints what each takes. Run with the profile {@code bench}.
 */
@Tag("bench")
@Tag("ARC-2")
class ArchBenchmarkTest {
    private static final int USES_EACH = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void arch_manyClasses_takesTimeAndMemory(int count) throws IOException {
        Path root = TestProject.atRest(folder.resolve("shop")).root();
        byte[] model = model(root);
        for (int i = 1; i < count; i++) {
            write(root, model, i, i);
        }

        run(root, count, "the first run", 1);
        run(root, count, "the run that makes the store", 0, "--update");
        write(root, model, 0, 99_999); // another constant, so that the class is another one
        run(root, count, "a run after one class has changed", 0);
    }

    private static byte[] model(Path root) throws IOException {
        Path source = root.resolve("src/main/java/shop/p00/C00000.java");
        Path classes = Files.createDirectories(root.resolve("target/classes"));
        Files.createDirectories(source.getParent());
        Files.writeString(source, """
                package shop.p00;

                class C00000 {
                    static final String NAME = "N00000";

                    String work(io.cachemigrator.compat.services.RedisCacheService cache, java.util.List<String> keys) {
                        cache.delete(NAME);
                        StringBuilder text = new StringBuilder();
                        for (String key : keys) {
                            text.append(key.strip()).append(cache.exists(key));
                        }
                        return text.toString();
                    }
                }
                """);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        "-g",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-proc:none",
                        source.toString());
        assertThat(compiled).isZero();
        return Files.readAllBytes(classes.resolve("shop/p00/C00000.class"));
    }

    /** Names of one length take each other's place in a class file. */
    private static void write(Path root, byte[] model, int number, int constant) throws IOException {
        String digits = "%05d".formatted(number);
        String text = new String(model, StandardCharsets.ISO_8859_1)
                .replace("p00/", "p" + digits.substring(0, 2) + "/")
                .replace("C00000", "C" + digits)
                .replace("N00000", "N%05d".formatted(constant));
        Path file = root.resolve("target/classes/shop/p" + digits.substring(0, 2) + "/C" + digits + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void run(Path root, int count, String what, int exitCode, String... more) {
        String[] line = new String[more.length + 3];
        line[0] = "arch";
        line[1] = "--output";
        line[2] = "json";
        System.arraycopy(more, 0, line, 3, more.length);
        long begun = System.nanoTime();
        try (CliProcess process = CliProcess.startWith(List.of("-Xmx1g"), root, line)) {
            long peak = process.peakResidentBytes();
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf("%,6d classes, %s: %.1f s, %d MB resident%n", count, what, seconds, peak >> 20);
            assertThat(process.exitCode()).isEqualTo(exitCode);
            assertThat(process.out().replace(" ", ""))
                    .contains("\"classes\":" + count + ",", "\"uses\":" + USES_EACH * count + ",");
        }
    }
}
