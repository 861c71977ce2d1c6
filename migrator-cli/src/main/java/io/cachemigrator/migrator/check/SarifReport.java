package io.cachemigrator.migrator.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cachemigrator.migrator.arch.ArchReport;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings of a check as SARIF 2.1.0, which code review systems show beside the lines. */
public final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SarifReport() {}

    private record Log(@JsonProperty("$schema") String schema, String version, List<Run> runs) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Run(Tool tool, List<Result> results, CheckReport.@Nullable Summary properties) {}

    private record Tool(Driver driver) {}

    private record Driver(String name, List<Rule> rules) {}

    private record Rule(String id) {}

    private record Message(String text) {}

    private record ArtifactLocation(String uri, String uriBaseId) {}

    private record Region(int startLine) {}

    private record PhysicalLocation(ArtifactLocation artifactLocation, Region region) {}

    private record Location(PhysicalLocation physicalLocation) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Result(
            String ruleId,
            String level,
            Message message,
            List<Location> locations,
            Map<String, String> partialFingerprints,
            @Nullable Properties properties) {}

    private record Properties(
            String family, String module, CheckReport.Effort effortMinutes, int effortPoints, String effortRule) {}

    /** Writes the findings that have a line: those in sources and settings. */
    public static void write(CheckReport report, Path file) {
        List<CheckReport.Finding> findings =
                report.findings().stream().filter(finding -> finding.line() > 0).toList();
        write(findings.stream().map(SarifReport::result).toList(), report.summary(), file);
    }

    /** Writes new uses of legacy caches that compiled classes make. */
    public static void writeUses(List<ArchReport.Violation> uses, Path file) {
        write(uses.stream().map(SarifReport::result).toList(), null, file);
    }

    /** A path as a reference, in which blanks and the like are written as percent signs and numbers. */
    private static String uri(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return URLEncoder.encode(path, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/");
        }
    }

    private static Result result(ArchReport.Violation use) {
        String text = use.origin() + " uses " + use.use() + "; replacement: " + use.replacement();
        Location location = new Location(new PhysicalLocation(
                new ArtifactLocation(uri(use.file()), "%SRCROOT%"), new Region(Math.max(1, use.line()))));
        return new Result(
                "no-new-legacy-usage",
                "error",
                new Message(text),
                List.of(location),
                Map.of("use/v1", use.origin() + " -> " + use.use()),
                null);
    }

    private static void write(List<Result> results, CheckReport.@Nullable Summary summary, Path file) {
        List<Rule> rules = results.stream()
                .map(Result::ruleId)
                .distinct()
                .sorted()
                .map(Rule::new)
                .toList();
        Run run = new Run(new Tool(new Driver("cache-migrator", rules)), results, summary);
        try {
            Files.writeString(file, JSON.writeValueAsString(new Log(SCHEMA, "2.1.0", List.of(run))) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that cannot be written: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The SARIF file " + file + " cannot be written.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Name a file in a folder that exists and may be written.",
                    e);
        }
    }

    private static Result result(CheckReport.Finding finding) {
        String text = finding.isGap()
                ? "The inventory is not complete here: " + finding.api() + ". " + finding.replacement()
                : "Legacy usage of " + finding.api() + "; replacement: " + finding.replacement();
        Location location = new Location(new PhysicalLocation(
                new ArtifactLocation(uri(finding.file()), "%SRCROOT%"), new Region(finding.line())));
        return new Result(
                finding.rule(),
                finding.automatic() ? "note" : "warning",
                new Message(text),
                List.of(location),
                Map.of("findingId/v1", finding.id()),
                new Properties(
                        finding.family(),
                        finding.module(),
                        finding.effortMinutes(),
                        finding.effortPoints(),
                        finding.effortRule()));
    }
}
