package io.cachemigrator.migrator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.source.CacheConfigLoader;
import io.cachemigrator.cache.config.source.ConfigSource;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.testkit.TestProject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the factory family get their new form, and what contradicts itself or had no effect is told. */
@Tag("CLI-3")
class FactorySettingsTest {
    private static final String GUIDE = """
            # backend
            CACHE_TYPE=redis
            REDIS_URL=redis://:pa55@cache:6379/2   # main
            CACHE_TTL="1800"
            CACHE_SIZE=500

            ENABLE_COMPRESSION=Yes
            AI_CACHE_DEFAULT_TTL=7200
            AI_CACHE_COMPRESSION_LEVEL=9 # best
            CACHE_PRESET=ai-production
            OTHER=stays
            """;

    @TempDir
    Path folder;

    private SettingsAnalysis analyse(String content, String... mentioned) {
        TestProject.in(folder).file(".env", content);
        return new SettingsMigration(
                        TestProject.in(folder).root(),
                        List.of(MigrationMaps.builtIn("factory").orElseThrow()))
                .analyse(Set.of(mentioned)::contains);
    }

    private SettingsChange only(String content, String... mentioned) {
        SettingsAnalysis analysis = analyse(content, mentioned);
        assertThat(analysis.changes()).hasSize(1);
        return analysis.changes().get(0);
    }

    private List<String> rules(String content, String... mentioned) {
        return analyse(content, mentioned).changes().stream()
                .flatMap(change -> change.findings().stream())
                .map(finding -> finding.key() + " " + finding.rule())
                .toList();
    }

    @Test
    void env_theGuidesSettings_becomeTheNewOnesInPlace() {
        assertThat(new String(only(GUIDE).after(), StandardCharsets.UTF_8)).isEqualTo("""
                # backend
                CACHE_TYPE=redis
                CACHE_REDIS_URI=redis://:pa55@cache:6379/2   # main
                CACHE_DEFAULT_TTL="1800"
                CACHE_DEFAULTS_MEMORY_MAX_ENTRIES=500

                CACHE_DEFAULTS_COMPRESSION=true
                CACHE_REGION_AI_RESPONSES_DEFAULT_TTL=7200
                CACHE_REGION_AI_RESPONSES_COMPRESSION_LEVEL=9 # best
                CACHE_PRESET=ai
                OTHER=stays
                """);
    }

    @Test
    void env_rewritten_isWhatTheNewConfigurationReads() throws Exception {
        String plain = GUIDE.replace("   # main", "").replace(" # best", "");
        Path file = folder.resolve("new.env");
        Files.write(file, only(plain).after());

        CacheConfig config = CacheConfigLoader.of(ConfigSource.file(file)).load();

        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.regionOrDefaults("ai-responses").defaultTtl()).isEqualTo(Duration.ofHours(2));
        assertThat(config.toString()).doesNotContain("pa55");
    }

    @Test
    void env_rewrittenTwice_changesNothingMore() {
        String once = new String(only(GUIDE).after(), StandardCharsets.UTF_8);

        assertThat(analyse(once).changes()).noneMatch(SettingsChange::changes);
    }

    @Test
    @Tag("CLI-2")
    void env_secrets_areNotShown() {
        SettingsChange change =
                only("CACHE_REDIS_URL=redis://u:S3CRET@h:1\nREDIS_ENCRYPTION_KEY=S3CRET-KEY\nREDIS_AUTH=S3CRET-2\n");

        assertThat(change.diff() + change.findings() + change).doesNotContain("S3CRET");
        assertThat(new String(change.after(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "CACHE_REDIS_URI=redis://u:S3CRET@h:1\nREDIS_ENCRYPTION_KEY=S3CRET-KEY\nREDIS_AUTH=S3CRET-2\n");
    }

    @Test
    @Tag("factory-DEF-18")
    void env_whatTheLegacyCodeIgnored_isAFindingAndStays() {
        String text = "REDIS_AUTH=pw\nREDIS_TLS_CERT_PATH=/c\nREDIS_MAX_RETRIES=3\n";
        SettingsChange change = only(text);

        assertThat(new String(change.after(), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(change.findings()).hasSize(3).allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("settings.review");
            assertThat(finding.automatic()).isFalse();
            assertThat(finding.replacement()).contains("never used it");
        });
    }

    @Test
    void env_severalAddresses_theOneThatWonIsKeptAndTheOthersAreTold() {
        SettingsChange change = only("REDIS_URL=redis://a\nCACHE_REDIS_URL=redis://b\n");

        assertThat(new String(change.after(), StandardCharsets.UTF_8))
                .isEqualTo("REDIS_URL=redis://a\nCACHE_REDIS_URI=redis://b\n");
        assertThat(change.findings())
                .extracting(SettingsFinding::key, SettingsFinding::rule)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("REDIS_URL", "settings.both-set"),
                        org.assertj.core.groups.Tuple.tuple("CACHE_REDIS_URL", "settings.rename"));
    }

    @ParameterizedTest
    @CsvSource({
        "USE_NEW_CACHE_FACTORY=true;USE_LEGACY_CACHE=1, USE_LEGACY_CACHE settings.clash",
        "USE_NEW_CACHE_FACTORY=off;USE_LEGACY_CACHE=no, USE_LEGACY_CACHE settings.clash",
        "CACHE_TYPE=memory;USE_REDIS=true, USE_REDIS settings.clash",
        "CACHE_TYPE=ai;USE_REDIS=false, USE_REDIS settings.clash",
        "ENABLE_AI_CACHE=true, ENABLE_AI_CACHE settings.unreachable",
        "CACHE_TTL=60;CACHE_TTL=90, CACHE_TTL settings.twice",
        "CACHE_SIZE=0, CACHE_SIZE settings.review",
        "ENABLE_COMPRESSION=perhaps, ENABLE_COMPRESSION settings.review",
        "CACHE_PRESET=simple, CACHE_PRESET settings.review"
    })
    void env_whatContradictsItself_isAFinding(String lines, String finding) {
        assertThat(rules(lines.replace(';', '\n') + "\n")).contains(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "USE_NEW_CACHE_FACTORY=true;USE_LEGACY_CACHE=false",
        "CACHE_TYPE=memory;USE_REDIS=false",
        "CACHE_TYPE=auto;USE_REDIS=true",
        "ENABLE_AI_CACHE=false",
        "CACHE_PRESET=production",
        "REDIS_ENCRYPTION_KEY=x"
    })
    void env_whatFitsTogether_isNoFinding(String lines) {
        assertThat(rules(lines.replace(';', '\n') + "\n")).isEmpty();
    }

    @Test
    void env_conflictingTtls_areToldEvenWhereTheOldOneIsStillRead() {
        assertThat(rules("CACHE_TTL=60\nCACHE_DEFAULT_TTL=120\n", "CACHE_TTL"))
                .containsExactly("CACHE_TTL settings.both-set");
        assertThat(rules("CACHE_TTL=60\nCACHE_DEFAULT_TTL=60\n", "CACHE_TTL")).isEmpty();
    }

    @Test
    void env_anAddressThatMemoryMakesUseless_isAFinding() {
        assertThat(rules("CACHE_TYPE=memory\nREDIS_URL=redis://h\n"))
                .containsExactly("REDIS_URL settings.rename", "REDIS_URL settings.unreachable");
        assertThat(rules("USE_REDIS=false\nREDIS_URL=redis://h\n")).contains("REDIS_URL settings.unreachable");
    }
}
