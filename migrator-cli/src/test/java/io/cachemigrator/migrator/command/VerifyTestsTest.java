package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.CacheLibraries;
import io.cachemigrator.migrator.testkit.CliProcess;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code migrate --verify-tests}: the project's own tests decide. They are shell scripts here, which leave reports as builds do. */
@Tag("REC-1")
class VerifyTestsTest {
    private static final String MAIN = "src/main/java/shop/Shop.java";
    private static final String SHOP = """
            package shop;

            import com.google.common.cache.Cache;
            import com.google.common.cache.CacheBuilder;

            class Shop {
                private final Cache<String, String> names = CacheBuilder.newBuilder().build();
            }
            """;
    /** Leaves a report with a test that passes always, one that never does, and one that needs the word in $1. */
    private static final String SCRIPT = """
            mkdir -p target/surefire-reports
            report=target/surefire-reports/TEST-shop.xml
            echo '<testsuite><testcase classname="shop.ShopTest" name="always"/>' > $report
            echo '<testcase classname="shop.ShopTest" name="never"><failure/></testcase>' >> $report
            if grep -q "$1" src/main/java/shop/Shop.java; then
              echo '<testcase classname="shop.ShopTest" name="sometimes"/>' >> $report
            else
              echo '<testcase classname="shop.ShopTest" name="sometimes"><error/></testcase>' >> $report
            fi
            echo "</testsuite>" >> $report
            echo "tests ran"
            exit 1
            """;

    @TempDir
    private Path folder;

    private CodeProject project;

    @BeforeEach
    void open() {
        project = CodeProject.in(folder)
                .jar("guava.jar", CacheLibraries.GUAVA)
                .file(MAIN, SHOP)
                .file("tests.sh", SCRIPT);
    }

    @Test
    void migrate_whenATestFailsThatPassedBefore_putsEverythingBack() throws IOException {
        Map<String, String> before = sources();

        Cli.Outcome outcome = migrate("sh tests.sh common.cache --password=geheim; true");

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("CM-503", "1 files were put back", "first shop.ShopTest.sometimes.", "after.log");
        assertThat(sources()).isEqualTo(before);
        assertThat(state()).contains("tests ran").doesNotContain("geheim");
        Cli.Outcome again = migrate("sh tests.sh shop");
        assertThat(again.exitCode()).as(again.all()).isZero();
    }

    @Test
    void migrate_whenNoTestGotWorse_goesOn() throws IOException {
        Cli.Outcome outcome = migrate("sh tests.sh Cache");

        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(Files.readString(folder.resolve(MAIN))).contains("LocalCacheBuilder.newBuilder()");
        assertThat(outcome.err()).contains("before the change", "after the change", "2 tests passed, 1 failed");
    }

    @Test
    void migrate_whenATestNoLongerRuns_putsEverythingBack() throws IOException {
        Cli.Outcome outcome = migrate("if grep -q LocalCache " + MAIN + "; then exit 1; fi; sh tests.sh Cache");

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
        assertThat(outcome.err()).contains("CM-503", "2 passed before and did not after");
        assertThat(Files.readString(folder.resolve(MAIN))).isEqualTo(SHOP);
    }

    @Test
    void migrate_withoutReports_goesByTheExitCode() throws IOException {
        Cli.Outcome outcome = migrate("! grep -q LocalCache " + MAIN);

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(1);
        assertThat(outcome.err()).contains("CM-503", "the command, which ended with 1");
        assertThat(Files.readString(folder.resolve(MAIN))).isEqualTo(SHOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-program --token=geheim", "false", "./tests.sh"})
    void migrate_withACommandThatTellsNothing_changesNothing(String command) throws IOException {
        Map<String, String> before = sources();

        Cli.Outcome outcome = migrate(command);

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("CM-504", "nothing was changed", "before.log")
                .doesNotContain("geheim");
        assertThat(sources()).isEqualTo(before);
    }

    @Test
    void migrate_withoutABackup_isRefused() {
        Cli.Outcome outcome = Cli.in(folder).run("migrate", "--yes", "--no-backup", "--verify-tests", "true");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--no-backup or --verify-tests");
    }

    /** The process dies while the tests run on the changed sources. */
    @Test
    void resume_ofARunThatDiedInItsTests_needsTheCommandAgain() throws Exception {
        String dying = "if grep -q LocalCache " + MAIN + "; then kill -9 $PPID; fi; sh tests.sh Cache";
        try (CliProcess process = CliProcess.start(folder, "migrate", "--yes", "--verify-tests", dying)) {
            assertThat(process.exitCode()).isNotZero();
        }
        assertThat(Files.readString(folder.resolve(MAIN))).contains("LocalCache");

        Cli.Outcome without = Cli.in(folder).run("migrate", "--resume", "--yes");
        Cli.Outcome with =
                Cli.in(folder).run("migrate", "--resume", "--yes", "--verify-tests", "sh tests.sh Builder.new");

        assertThat(without.exitCode()).as(without.all()).isEqualTo(2);
        assertThat(without.err()).contains("was started with --verify-tests", "Name it again");
        assertThat(with.exitCode()).as(with.all()).isZero();
    }

    @Test
    void resume_ofARunWithoutTests_refusesThemRatherThanNotRunningThem() throws Exception {
        try (CliProcess process = CliProcess.startDying(folder, 14, false, "migrate", "--yes")) {
            assertThat(process.exitCode()).isNotZero();
        }

        Cli.Outcome outcome = Cli.in(folder).run("migrate", "--resume", "--yes", "--verify-tests", "true");

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(2);
        assertThat(outcome.err()).contains("was started without --verify-tests");
        assertThat(Cli.in(folder).run("migrate", "--resume", "--yes").exitCode())
                .isZero();
    }

    private Cli.Outcome migrate(String command) {
        return Cli.in(folder).run("migrate", "--yes", "--verify-tests", command);
    }

    private Map<String, String> sources() {
        Map<String, String> contents = new TreeMap<>(project.contents());
        contents.keySet().removeIf(name -> name.startsWith(".migrator/") || name.startsWith("target/"));
        return contents;
    }

    /** Everything that the toolkit has kept, as text. */
    private String state() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve(".migrator"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
