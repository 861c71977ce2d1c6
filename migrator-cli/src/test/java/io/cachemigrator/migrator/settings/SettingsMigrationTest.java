package io.cachemigrator.migrator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.testkit.TestProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings files are rewritten where they must be and nowhere else, and show no secret. */
@Tag("CLI-3")
class SettingsMigrationTest {
    @TempDir
    Path folder;

    private SettingsAnalysis analyse(Set<String> mentioned) {
        return new SettingsMigration(
                        TestProject.in(folder).root(),
                        List.copyOf(MigrationMaps.builtIn().values()))
                .analyse(mentioned::contains);
    }

    private SettingsChange only(String name, String content, String... mentioned) {
        TestProject.in(folder).file(name, content);
        SettingsAnalysis analysis = analyse(Set.of(mentioned));
        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.changes()).hasSize(1);
        return analysis.changes().get(0);
    }

    private String rewritten(String name, String content, String... mentioned) {
        return new String(only(name, content, mentioned).after(), StandardCharsets.UTF_8);
    }

    @Test
    void env_hostPortAndDatabase_becomeOneUriInPlace() {
        assertThat(rewritten(".env", "A=1\nREDIS_HOST=cache.local # main\nREDIS_PORT=6380\nREDIS_DB=3\nZ=1\n"))
                .contains("CACHE_REDIS_URI=redis://cache.local")
                .startsWith("A=1\n")
                .endsWith("Z=1\n")
                .doesNotContain("REDIS_PORT", "REDIS_DB");
    }

    @Test
    void env_commentsBlankLinesQuotesAndExport_stay() {
        String text = "# head\n\nexport REDIS_POOL_SIZE='7'\n  OTHER = \"a b\"\n#REDIS_POOL_SIZE=9\n";
        assertThat(rewritten(".env", text))
                .isEqualTo("# head\n\nexport CACHE_REDIS_POOL_SIZE='7'\n  OTHER = \"a b\"\n#REDIS_POOL_SIZE=9\n");
    }

    @Test
    void env_windowsLineEndsAndNoLastLineEnd_stay() {
        assertThat(rewritten(".env", "A=1\r\nREDIS_POOL_SIZE=7\r\nB=2\r\n"))
                .isEqualTo("A=1\r\nCACHE_REDIS_POOL_SIZE=7\r\nB=2\r\n");
        assertThat(rewritten(".env", "A=1\nREDIS_POOL_SIZE=7\nB=2")).endsWith("\nB=2");
    }

    @Test
    void properties_spacesColonsEscapesAndContinuedLines_stay() {
        String text = "! note\nname : some \\\n   more\nredis.pool-size : 7\npath=C\\:\\\\x\n";
        assertThat(rewritten("application.properties", text))
                .isEqualTo("! note\nname : some \\\n   more\ncache.redis.pool.size : 7\npath=C\\:\\\\x\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REDIS_URL=redis://:pw@h:1/2\nREDIS_HOST=x\n",
                "REDIS_HOST=h\nREDIS_PORT=1\nREDIS_PASSWORD=p\nREDIS_SSL=true\n",
                "REDIS_POOL_SIZE=7\nREDIS_DECODE_RESPONSES=true\nCACHE_CIRCUIT_BREAKER_THRESHOLD=5\nA=1\n"
            })
    void env_rewrittenTwice_changesNothingMore(String text) {
        String once = rewritten(".env", text);
        TestProject.in(folder).file(".env", once);
        assertThat(analyse(Set.of()).changes()).noneMatch(SettingsChange::changes);
    }

    @Test
    void env_keyStillRead_getsTheNewOneBesideIt() {
        assertThat(rewritten(".env", "REDIS_POOL_SIZE=7\n", "REDIS_POOL_SIZE"))
                .isEqualTo("REDIS_POOL_SIZE=7\nCACHE_REDIS_POOL_SIZE=7\n");
    }

    @Test
    void env_secretStillRead_staysAndIsReported() {
        SettingsChange change = only(".env", "REDIS_PASSWORD=pw\n", "REDIS_PASSWORD");
        assertThat(change.changes()).isFalse();
        assertThat(change.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.automatic()).isFalse();
            assertThat(finding.rule()).isEqualTo("settings.secret-in-use");
        });
    }

    @Test
    @Tag("CLI-2")
    void diff_secrets_areHiddenInValuesNeighboursAndComments() {
        SettingsChange change = only(
                ".env",
                "API_TOKEN=S3CRET-1\n#REDIS_PASSWORD=S3CRET-2\nREDIS_PASSWORD='S3CRET-3'\nREDIS_POOL_SIZE=7\n"
                        + "# db: S3CRET-4\nDB=jdbc://u:S3CRET-5@h\n");
        assertThat(change.diff())
                .contains("-REDIS_PASSWORD=***", "+CACHE_REDIS_PASSWORD=***", "+CACHE_REDIS_POOL_SIZE=7")
                .doesNotContain("S3CRET");
        assertThat(new String(change.after(), StandardCharsets.UTF_8)).contains("CACHE_REDIS_PASSWORD='S3CRET-3'");
        assertThat(change.toString() + change.findings()).doesNotContain("S3CRET");
    }

    @Test
    void unreadableLines_areProblemsWithTheirLine() throws Exception {
        TestProject.in(folder).file(".env", "A=1\nB=\"open\nC=2\n").file("conf/.env.local", "ok=1\n=x\n");
        Files.write(folder.resolve("latin.properties"), new byte[] {'a', '=', (byte) 0xe9, '\n'});
        assertThat(analyse(Set.of()).problems())
                .extracting(problem -> problem.path() + ":" + problem.line())
                .containsExactlyInAnyOrder(".env:2", "conf/.env.local:2", "latin.properties:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\r\n",
                "A=1",
                "A=1\r\rB=2\n",
                "# only\n",
                "A=\"x\ny\"\n",
                "  export  A =  'b' # c\n\n\n",
                "A=\n"
            })
    void parse_anyFile_givesItBackToTheByte(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(SettingsFile.parse(".env", bytes).content()).isEqualTo(bytes);
    }

    @Test
    void buildFolders_areNotLookedInto() {
        TestProject.in(folder)
                .file("target/app.properties", "redis.pool-size=7\n")
                .file(".git/x.env", "REDIS_POOL_SIZE=1\n");
        assertThat(analyse(Set.of()).changes()).isEmpty();
    }
}
