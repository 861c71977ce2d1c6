package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.testkit.TestProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources with uncommitted changes are not rewritten, so that a user's work and ours stay apart. */
@Tag("CLI-6")
class UncommittedChangesTest {
    private static final String SHOP = "app/src/main/java/shop/Shop.java";
    private static final String CLEARING = """
            package shop;

            import io.cachemigrator.compat.services.RedisCacheService;

            class Shop {
                long empty(RedisCacheService redis) {
                    return redis.clearNamespace().removed();
                }
            }
            """;

    @TempDir
    Path folder;

    private TestProject repository;

    @BeforeEach
    void commit() throws IOException, InterruptedException {
        repository = TestProject.in(folder).file(SHOP, CLEARING).file("app/notes.txt", "one");
        git("init", "-q");
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "all");
    }

    private void git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    private Cli.Outcome migrate(String... more) {
        List<String> line = new ArrayList<>(List.of("migrate", "--yes", "--project", "app"));
        line.addAll(List.of(more));
        return Cli.in(repository.root()).run(line.toArray(String[]::new));
    }

    @Test
    void changesInAFileThatWouldBeRewritten_areRefusedAndNamed() {
        String edited = CLEARING.replace("class Shop", "/* mine */ class Shop");
        repository.file(SHOP, edited);

        Cli.Outcome outcome = migrate();

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(4);
        assertThat(outcome.error()).hasSize(3);
        assertThat(outcome.error().get(0)).startsWith("CM-412");
        assertThat(outcome.error().get(1)).contains("src/main/java/shop/Shop.java");
        assertThat(repository.read(SHOP)).isEqualTo(edited);
    }

    @Test
    void force_overridesAndSaysSo() {
        repository.file(SHOP, CLEARING.replace("class Shop", "/* mine */ class Shop"));

        Cli.Outcome outcome = migrate("--force");

        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(outcome.err()).contains("overridden by --force: src/main/java/shop/Shop.java");
        assertThat(repository.read(SHOP)).contains("/* mine */", "redis.clear()");
    }

    @Test
    void changesElsewhere_areNoObstacle() {
        repository.file("app/notes.txt", "two").file("app/new.txt", "three");

        Cli.Outcome outcome = migrate();

        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(repository.read(SHOP)).contains("redis.clear()");
    }

    @Test
    void sourceChangedSinceThePlan_isRefusedAndNamed() {
        Cli cli = Cli.in(repository.root()).always("--project", "app");
        String plan = cli.json("dry-run").document().at("/plan/file").asText();
        String edited = CLEARING.replace("class Shop", "/* mine */ class Shop");
        repository.file(SHOP, edited);

        Cli.Outcome outcome = cli.run("migrate", "--plan", plan, "--yes");

        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(4);
        assertThat(outcome.error().get(0)).startsWith("CM-401");
        assertThat(outcome.error().get(1)).contains("the file src/main/java/shop/Shop.java has changed");
        assertThat(repository.read(SHOP)).isEqualTo(edited);
    }

    @Test
    void repositoryThatGitCannotRead_isSaidAndNoObstacle() {
        repository.removeFolder(".git");
        repository.file(".git", "gitdir: nowhere\n");

        Cli.Outcome outcome = migrate();

        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(outcome.err()).contains("uncommitted changes were not looked for, because git ended with 128");
    }
}
