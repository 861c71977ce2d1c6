package io.cachemigrator.map.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.SampleData;
import io.cachemigrator.map.SampleData.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of the sample, against what a separate program says must become of it. */
@Tag("CLI-6")
class SampleTranslationTest {
    private static final Instant READ_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Translator translator =
            Translator.of(MigrationMaps.builtIn("services").orElseThrow(), Map.of());

    static Stream<Arguments> samples() throws IOException {
        List<JsonNode> expectations = expectations();
        return SampleData.all().stream()
                .map(sample -> Arguments.of(
                        sample,
                        expectations.stream()
                                .filter(node -> text(node, "key").equals(sample.key()))
                                .findFirst()
                                .orElseThrow()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void translate_eachKeyOfTheSample_becomesWhatIsExpected(Sample sample, JsonNode expected) throws Exception {
        Translation actual = translator.translate(new LegacyEntry(
                sample.key().getBytes(StandardCharsets.UTF_8),
                sample.type(),
                sample.value(),
                sample.ttlMillis(),
                READ_AT));

        assertThat(describe(actual, sample, expected)).containsExactlyEntriesOf(table(expected));
    }

    @Test
    void sample_everyEntry_hasExactlyOneExpectation() throws IOException {
        assertThat(SampleData.all()).hasSize(53);
        assertThat(expectations().stream().map(node -> text(node, "key")))
                .containsExactlyInAnyOrderElementsOf(
                        SampleData.all().stream().map(Sample::key).toList());
    }

    private static Map<String, String> describe(Translation translation, Sample sample, JsonNode expected)
            throws NoSuchAlgorithmException {
        Map<String, String> table = new TreeMap<>(Map.of("key", sample.key()));
        if (translation instanceof Translation.Entry entry) {
            table.put("becomes", "entry");
            describe(entry, sample, expected, table);
        } else if (translation instanceof Translation.FoldIfAbsent fold) {
            table.put("becomes", "fold-if-absent");
            table.put("legacyKey", new String(fold.legacyKey(), StandardCharsets.UTF_8));
            describe(fold.entry(), sample, expected, table);
        } else if (translation instanceof Translation.CounterMerge merge) {
            table.put("becomes", "counter-merge");
            table.put("keySpace", merge.keySpace());
            table.put("region", merge.region());
            table.put("id", merge.id());
            table.put("amount", Long.toString(merge.amount()));
            table.put("legacyKey", new String(merge.legacyCounterKey(), StandardCharsets.UTF_8));
        } else if (translation instanceof Translation.Quarantined quarantined) {
            table.put("becomes", "quarantined");
            table.put("keySpace", quarantined.keySpace());
            table.put("reason", quarantined.reason().name());
        } else {
            table.put("becomes", translation instanceof Translation.Excluded ? "excluded" : translation.toString());
        }
        table.computeIfPresent("becomes", (key, value) -> value.equals("UNCLAIMED") ? "unclaimed" : value);
        return table;
    }

    private static void describe(Translation.Entry entry, Sample sample, JsonNode expected, Map<String, String> table)
            throws NoSuchAlgorithmException {
        table.put("keySpace", entry.keySpace());
        table.put("region", entry.region());
        table.put("id", entry.id());
        table.put("codec", entry.codec().name());
        table.put("fidelity", entry.fidelity().name());
        table.put("ttlMillis", Long.toString(entry.remainingTtlMillis().orElse(-1)));
        table.put("tags", entry.tags().toString());
        table.put("metadata", new TreeMap<>(entry.metadata()).toString());
        if (!entry.timeFields().isEmpty()) {
            table.put(
                    "timeFields", entry.timeFields().stream().sorted().toList().toString());
        }
        table.put("payload", payload(entry.payload(), sample, text(expected, "payload")));
    }

    /** The payload in the form in which the expectation is written. */
    private static String payload(byte[] payload, Sample sample, String expected) throws NoSuchAlgorithmException {
        if (expected.equals("same")) {
            return Arrays.equals(payload, sample.value()) ? "same" : "different";
        }
        if (expected.startsWith("base64:")) {
            return "base64:" + Base64.getEncoder().encodeToString(payload);
        }
        return expected.startsWith("sha256:")
                ? "sha256:"
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(payload))
                : new String(payload, StandardCharsets.UTF_8);
    }

    private static Map<String, String> table(JsonNode expected) {
        Map<String, String> table = new TreeMap<>();
        expected.properties().forEach(field -> table.put(field.getKey(), render(field.getValue())));
        return table;
    }

    private static String render(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList()
                    .toString();
        }
        if (value.isObject()) {
            Map<String, String> map = new TreeMap<>();
            value.fields()
                    .forEachRemaining(
                            field -> map.put(field.getKey(), field.getValue().asText()));
            return map.toString();
        }
        return value.asText();
    }

    private static List<JsonNode> expectations() throws IOException {
        try (InputStream in = SampleTranslationTest.class.getResourceAsStream("/services-sample-expected.json")) {
            List<JsonNode> nodes = new ArrayList<>();
            new ObjectMapper().readTree(in).forEach(nodes::add);
            return nodes;
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
