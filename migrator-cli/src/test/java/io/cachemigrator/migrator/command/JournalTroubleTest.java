package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.migrator.journal.JournalDatabase;
import io.cachemigrator.migrator.journal.JournalUrl;
import io.cachemigrator.migrator.testkit.TestProject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that cannot be used: exit code 3, and what to do about it. */
@Tag("CLI-2")
class JournalTroubleTest {
    private static final String SETTINGS = "REDIS_POOL_SIZE=5\n";

    @TempDir
    Path folder;

    private TestProject project;
    private Path journal = Path.of("");

    @BeforeEach
    void makeProject() {
        project = TestProject.in(folder.resolve("project")).file(".env", SETTINGS);
        journal = project.root().resolve(".migrator/journal.db");
    }

    private List<String> fails(String... line) {
        Cli.Outcome outcome = Cli.in(project.root()).run(line);
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.error()).as(outcome.err()).hasSize(3);
        assertThat(project.read(".env")).isEqualTo(SETTINGS);
        return outcome.error();
    }

    @Test
    void lockedByAnotherProgram_isSaid() throws SQLException {
        JournalDatabase.open(JournalUrl.file(journal)).close();
        try (Connection holder = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement statement = holder.createStatement()) {
            statement.execute("begin exclusive");
            List<String> error = fails("migrate", "--yes");
            assertThat(error.get(0)).startsWith("CM-307 The journal " + journal);
            assertThat(error.get(1)).contains("SQLITE_BUSY");
            assertThat(error.get(2)).contains("End the program that holds the file");
        }
        assertThat(Cli.in(project.root()).run("migrate", "--yes").exitCode()).isZero();
    }

    @Test
    void fromANewerVersion_isRefusedByEveryCommand() throws SQLException {
        JournalDatabase.open(JournalUrl.file(journal)).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history select installed_rank + 100, '99', description, type,"
                    + " script, checksum, installed_by, installed_on, execution_time, success"
                    + " from flyway_schema_history where version = '1'");
        }
        for (String line : List.of("migrate --yes", "migrate --resume --yes", "rollback --yes", "status")) {
            List<String> error = fails(line.split(" "));
            assertThat(error.get(0)).startsWith("CM-308 The journal");
            assertThat(error.get(1)).contains("version 99", "this toolkit knows up to ");
        }
        Cli.Outcome check = Cli.in(project.root()).json("check");
        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(check.document().get("blockers").toString()).contains("CM-308");
    }

    @Test
    void noDatabase_isSaid() {
        project.file(".migrator/journal.db", "this is no database, however long it may be. ".repeat(50));
        assertThat(fails("migrate", "--yes").get(0)).startsWith("CM-307");
        assertThat(fails("status").get(1)).containsIgnoringCase("not a database");
    }

    @Test
    @Tag("services-F-4")
    @Tag("services-case-57")
    void folderThatCannotBeMade_isSaid() {
        project.file("taken", "a file");
        List<String> error = fails(
                "migrate", "--yes", "--journal", "jdbc:sqlite:" + project.root().resolve("taken/j.db"));
        assertThat(error.get(0)).startsWith("CM-307");
        assertThat(error.get(2)).contains("--journal");
    }

    @Test
    void unreachablePostgresql_isSaidWithoutThePassword() {
        List<String> error =
                fails("migrate", "--yes", "--journal", "jdbc:postgresql://127.0.0.1:1/none?user=me&password=S3CRET");
        assertThat(error.get(0)).isEqualTo("CM-307 The journal jdbc:postgresql://127.0.0.1:1/none cannot be used.");
        assertThat(String.join(" ", error)).doesNotContain("S3CRET");
    }
}
