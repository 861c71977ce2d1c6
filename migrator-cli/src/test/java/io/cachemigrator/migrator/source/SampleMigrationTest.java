package io.cachemigrator.migrator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.LegacyMethod;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.inventory.CandidateSources;
import io.cachemigrator.migrator.report.Progress;
import io.cachemigrator.migrator.source.CallSite.Disposition;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

@Tag("REC-1")
@Tag("CLI-3")
@ParameterizedClass
@EnumSource(SampleProject.class)
class SampleMigrationTest {
    @Parameter
    private SampleProject sample;

    @TempDir
    private Path project;

    @TempDir
    private Path work;

    @BeforeEach
    void copy() throws IOException {
        sample.copyTo(project);
    }

    @Test
    void analyse_theSample_findsEveryCallSiteOfTheManifestAndNoOther() throws IOException {
        SourceAnalysis analysis = analyse();

        assertThat(analysis.callSites().stream().map(SampleMigrationTest::text).toList())
                .containsExactlyElementsOf(sample.manifest());
        assertThat(analysis.callSites())
                .allSatisfy(site -> assertThat(site.family()).isEqualTo(sample.family()))
                .allSatisfy(site ->
                        assertThat(site.reason() == null).isEqualTo(site.disposition() == Disposition.REWRITTEN));
        assertThat(analysis.untyped()).isEmpty();
        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.compileErrors()).isEmpty();
    }

    @Test
    void manifest_ofTheSample_usesEveryLegacyMember() throws IOException {
        Set<String> used = sample.manifest().stream()
                .map(line -> line.split(" ")[2])
                // a type without members of its own is used with any of them
                .flatMap(api -> Stream.of(api, api.replaceFirst("\\..*", "")))
                .collect(Collectors.toSet());
        List<String> members = MigrationMaps.builtIn(sample.family()).orElseThrow().apis().stream()
                .flatMap(api -> members(api.type().substring(api.type().lastIndexOf('.') + 1), api.methods()))
                .toList();

        assertThat(members).hasSizeGreaterThan(sample.members());
        assertThat(used).containsAll(members);
    }

    /** The members of a type, or the type itself where it has none. */
    private static Stream<String> members(String type, List<LegacyMethod> methods) {
        return methods.isEmpty() ? Stream.of(type) : methods.stream().map(method -> type + "." + method.name());
    }

    @Test
    @Tag("REC-2")
    void analyse_twice_givesTheSameBytesAndWritesNothing() throws IOException {
        Map<String, String> before = contents();

        SourceAnalysis first = analyse();
        SourceAnalysis second = analyse();

        assertThat(contents()).isEqualTo(before);
        assertThat(second.callSites()).isEqualTo(first.callSites());
        assertThat(second.patches()).hasSameSizeAs(first.patches());
        for (int i = 0; i < first.patches().size(); i++) {
            assertThat(second.patches().get(i).after())
                    .isEqualTo(first.patches().get(i).after());
            assertThat(second.patches().get(i).diff())
                    .isEqualTo(first.patches().get(i).diff());
        }
    }

    @Test
    void analyse_theMigratedSample_findsOnlyWhatWasRefusedAndNothingToChange() throws IOException {
        SourceAnalysis first = analyse();
        apply(first);

        SourceAnalysis second = analyse();

        assertThat(second.patches()).isEmpty();
        assertThat(second.compileErrors()).isEmpty();
        assertThat(second.callSites()).noneMatch(site -> site.disposition() == Disposition.REWRITTEN);
        assertThat(refused(second)).isEqualTo(refused(first));
        assertThat(filesWithLegacyTypes())
                .containsExactlyInAnyOrderElementsOf(first.callSites().stream()
                        .filter(site -> site.disposition() == Disposition.REFUSED)
                        .map(CallSite::file)
                        .filter(file -> !file.endsWith("DeskTest.java")) // names only the subclass
                        .distinct()
                        .toList());
    }

    @Test
    void migratedSample_itsOwnTests_passAsBefore() throws IOException {
        try (TestRedis redis = TestRedis.start()) {
            TestExecutionSummary before = SampleBuild.test(sample, project, work.resolve("before"), redis.uri());
            apply(analyse());
            TestExecutionSummary after = SampleBuild.test(sample, project, work.resolve("after"), redis.uri());

            assertThat(failures(before)).isEmpty();
            assertThat(before.getTestsSucceededCount()).isGreaterThanOrEqualTo(sample.tests());
            assertThat(failures(after)).isEmpty();
            assertThat(after.getTestsSucceededCount()).isEqualTo(before.getTestsSucceededCount());
        }
    }

    private static List<String> failures(TestExecutionSummary summary) {
        return summary.getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
                .toList();
    }

    @Test
    void analyse_commentsOfTheSample_areAllKept() {
        for (SourcePatch patch : analyse().patches()) {
            assertThat(comments(new String(patch.after())))
                    .as(patch.file())
                    .isEqualTo(comments(new String(patch.before())));
        }
    }

    private static List<String> comments(String text) {
        return Pattern.compile("(?<![\\w:])(//[^\n]*|/\\*(?!\\*).*?\\*/)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private SourceAnalysis analyse() {
        return new SourceMigration(
                        ProjectCode.read(project),
                        List.copyOf(MigrationMaps.builtIn().values()),
                        new CandidateSources())
                .analyse(Progress.NONE);
    }

    private void apply(SourceAnalysis analysis) throws IOException {
        for (SourcePatch patch : analysis.patches()) {
            Files.write(project.resolve(patch.file()), patch.after());
        }
    }

    private static String text(CallSite site) {
        return String.join(
                " ",
                site.file(),
                String.valueOf(site.line()),
                site.api(),
                site.disposition().name(),
                site.reasonCode() == null ? "-" : site.reasonCode());
    }

    private static List<String> refused(SourceAnalysis analysis) {
        return analysis.callSites().stream()
                .filter(site -> site.disposition() == Disposition.REFUSED)
                .map(SampleMigrationTest::text)
                .toList();
    }

    private List<String> filesWithLegacyTypes() throws IOException {
        return contents().entrySet().stream()
                .filter(entry -> entry.getValue().contains("import io.cachemigrator.compat." + sample.family()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(project.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return contents;
    }
}
