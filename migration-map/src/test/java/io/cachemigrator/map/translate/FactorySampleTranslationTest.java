package io.cachemigrator.map.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.map.FactorySample;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.SampleData.Sample;
import io.cachemigrator.map.encoding.DecodingLimits;
import io.cachemigrator.map.encoding.FernetKeys;
import io.cachemigrator.map.encoding.FernetTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key of the factory family's sample becomes what it must. */
@Tag("CLI-6")
class FactorySampleTranslationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant READ_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Translator translator = translator(FernetKeys.of(List.of(FactorySample.key())));

    static Stream<Arguments> samples() {
        return FactorySample.all().stream().map(sample -> Arguments.of(sample, FactorySample.expected(sample.key())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void translate_eachKeyOfTheSample_becomesWhatIsExpected(Sample sample, JsonNode expected) throws IOException {
        Translation actual = translator.translate(entry(sample));

        String action = expected.get("action").textValue();
        switch (action) {
            case "copied", "copied-with-key", "value-only" -> copied(actual, sample, expected);
            case "set-aside" ->
                assertThat(((Translation.Quarantined) actual).reason())
                        .hasToString(expected.get("error").textValue());
            case "left" ->
                assertThat(reason(actual)).startsWith(expected.get("error").textValue() + ": ");
            case "unreachable" -> assertThat(reason(actual)).startsWith("Unreachable. ");
            default -> throw new AssertionError(action);
        }
    }

    private static void copied(Translation actual, Sample sample, JsonNode expected) throws IOException {
        assertThat(actual).isInstanceOf(Translation.Entry.class);
        Translation.Entry entry = (Translation.Entry) actual;
        boolean ai = sample.key().startsWith("ai_cache:");
        assertThat(entry.region()).isEqualTo(ai ? "ai-responses" : "web");
        assertThat(entry.id()).isEqualTo(ai ? sample.key().substring("ai_cache:".length()) : sample.key());
        assertThat(entry.codec()).isEqualTo(PayloadCodec.JSON);
        assertThat(JSON.readTree(entry.payload())).isEqualTo(expected.get("decoded"));
        assertThat(entry.remainingTtlMillis().orElse(-1)).isEqualTo(sample.ttlMillis());
        if (sample.key().startsWith("ai_cache:op:")) {
            String operation = sample.key().substring(12, sample.key().indexOf('|'));
            assertThat(entry.tags()).containsExactly("operation:" + operation);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "ai_cache:op:qa|txt:hash:46aae51fcc6ee3b9|opts:ca2b0abe,ai-hashed",
                "ai_cache:op:qa|txt:hash:46aae51fcc6ee3b9,ai-hashed",
                "ai_cache:op:qa|txt:hash:46aae51fcc6ee3b,ai-inline",
                "ai_cache:op:qa|txt:hash:46aae51fcc6ee3b9f,ai-inline",
                "ai_cache:op:qa|txt:,ai-inline",
                "ai_cache:op:qa|txt:12345678901234,ai-inline",
                "ai_cache:op:qa|txt:-9223372036854775809,ai-inline",
                "ai_cache:op:qa|txt:9223372036854775807|opts:ca2b0abe,ai-inline",
                "ai_cache:op:qa,ai-first",
                "ai_cache:x,ai-first",
                "session:1,web",
                "op:qa|txt:x,web"
            })
    void match_eachForm_belongsToItsKeySpace(String key, String keySpace) {
        Translation actual = translator.translate(entry(key, "rawj:1"));

        assertThat(((Translation.Entry) actual).keySpace()).isEqualTo(keySpace);
    }

    @Test
    void translate_leftoversAndHandMadeKeys_areLeftWithTheirReason() {
        assertThat(reason(translator.translate(entry("health_check_1759000000", "rawj:1"))))
                .contains("health check");
        assertThat(reason(translator.translate(entry("_health_check_test", "rawj:1"))))
                .contains("health check");
        assertThat(reason(translator.translate(entry("ai_cache:op:qa|txt:9223372036854775807", "rawj:1"))))
                .startsWith("Unreachable");
        assertThat(reason(translator.translate(entry("web:1", "plain text")))).startsWith("UNKNOWN_FORMAT: ");
    }

    @Test
    void translate_aTextWithoutAMarkerUnderAnAiKey_isSetAside() {
        Translation actual = translator.translate(entry("ai_cache:op:qa|txt:x", "plain text"));

        assertThat(((Translation.Quarantined) actual).reason()).isEqualTo(QuarantineReason.UNKNOWN_FORMAT);
    }

    @Test
    @Tag("factory-DEF-47")
    void translate_whatCannotBeRead_isSetAsideAndNeverEmpty() {
        byte[] token = FernetTokens.seal(FactorySample.otherKey(), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(reasonOf(token, FernetKeys.NONE)).isEqualTo(QuarantineReason.KEY_MISSING);
        assertThat(reasonOf(token, FernetKeys.of(List.of(FactorySample.key())))).isEqualTo(QuarantineReason.KEY_WRONG);
        assertThat(reasonOf("raw:\u0080\u0004cos\nsystem\n.".getBytes(StandardCharsets.ISO_8859_1), FernetKeys.NONE))
                .isEqualTo(QuarantineReason.UNSAFE_PICKLE);
    }

    private static QuarantineReason reasonOf(byte[] value, FernetKeys keys) {
        Translation actual = translator(keys)
                .translate(new LegacyEntry("a".getBytes(StandardCharsets.UTF_8), "string", value, -1, READ_AT));
        return ((Translation.Quarantined) actual).reason();
    }

    private static String reason(Translation actual) {
        assertThat(actual).isInstanceOf(Translation.Excluded.class);
        return ((Translation.Excluded) actual).exclusion().reason();
    }

    private static LegacyEntry entry(String key, String value) {
        return new LegacyEntry(
                key.getBytes(StandardCharsets.UTF_8), "string", value.getBytes(StandardCharsets.UTF_8), -1, READ_AT);
    }

    private static LegacyEntry entry(Sample sample) {
        return new LegacyEntry(
                sample.key().getBytes(StandardCharsets.UTF_8),
                sample.type(),
                sample.value(),
                sample.ttlMillis(),
                READ_AT);
    }

    private static Translator translator(FernetKeys keys) {
        return Translator.of(MigrationMaps.builtIn("factory").orElseThrow(), Map.of(), DecodingLimits.DEFAULT, keys);
    }
}
