package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.map.FactorySample;
import io.cachemigrator.map.SampleData.Sample;
import io.cachemigrator.map.encoding.DecodedValue.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("CLI-6")
class MarkedDecoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MarkedDecoder decoder =
            new MarkedDecoder(new DecodingLimits(100_000, 5000, 200), FernetKeys.of(List.of(FactorySample.key())));

    static Stream<Arguments> strings() {
        return FactorySample.all().stream()
                .filter(sample -> sample.type().equals("string"))
                .map(sample -> Arguments.of(sample, FactorySample.expected(sample.key())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strings")
    void decode_eachStringOfTheSample_givesItsDataOrItsReason(Sample sample, JsonNode expected) throws IOException {
        DecodedValue decoded = decoder.decode(sample.value());

        if (expected.has("error")) {
            assertThat(reason(decoded)).hasToString(expected.get("error").textValue());
        } else {
            assertThat(decoded).isInstanceOf(DecodedValue.Marked.class);
            assertThat(JSON.readTree(((DecodedValue.Marked) decoded).json())).isEqualTo(expected.get("decoded"));
        }
    }

    @Test
    void decode_everyLayout_isNamed() throws IOException {
        byte[] pickle = latin("\u0080\u0004K\u0001.");
        byte[] framed = utf8("{\"_serialized_data\": \"rawj:1\"}");

        assertThat(layout(utf8("1"))).isEqualTo("json");
        assertThat(layout(pickle)).isEqualTo("pickle");
        assertThat(layout(utf8("rawj:1"))).isEqualTo("rawj");
        assertThat(layout(joined("raw:", pickle))).isEqualTo("raw");
        assertThat(layout(joined("pick:", pickle))).isEqualTo("pick");
        assertThat(layout(joined("compressed:", zlib(pickle)))).isEqualTo("compressed");
        assertThat(layout(joined("zlib:", zlib(pickle)))).isEqualTo("zlib");
        assertThat(layout(framed)).isEqualTo("framed");
        assertThat(layout(FernetTokens.seal(FactorySample.key(), framed))).isEqualTo("fernet");
    }

    @Test
    @Tag("factory-DEF-14")
    void decode_pickles_nameNoClassesButTheKnownEnum() {
        String enumOf = "\u0080\u0004c%s\nTextProcessingOperation\n\u008c\u0002qa\u0085R.";

        assertThat(json(joined("raw:", latin(enumOf.formatted("shared.text_processing")))))
                .isEqualTo("\"qa\"");
        assertThat(json(joined("raw:", latin(enumOf.formatted("shared.models")))))
                .isEqualTo("\"qa\"");
        assertThat(List.of(
                        joined("raw:", latin(enumOf.formatted("shared.elsewhere"))),
                        joined("raw:", latin("\u0080\u0004cposix\nsystem\n\u008c\u0004true\u0085R.")),
                        joined("raw:", latin("\u0080\u0004cbuiltins\neval\n.")),
                        joined("raw:", latin("\u0080\u0004capp\nThing\n)\u0081}b.")),
                        latin("\u0080\u0004cos\nsystem\n\u008c\u0004true\u0085R.")))
                .allSatisfy(value -> assertThat(reason(decoder.decode(value))).isEqualTo(Reason.UNSAFE_PICKLE));
    }

    @Test
    void decode_sets_areSortedSoThatEqualSetsAreEqual() {
        byte[] set = latin("\u0080\u0004\u008f(\u008c\u0001bK\n\u008c\u0001aK\t\u0090.");

        assertThat(json(joined("raw:", set))).isEqualTo("[9, 10, \"a\", \"b\"]");
    }

    @Test
    void decode_damage_isNamedByItsKind() throws IOException {
        byte[] pickle = latin("\u0080\u0004K\u0001.");
        byte[] compressed = joined("compressed:", zlib(pickle));
        byte[] cut = Arrays.copyOf(compressed, compressed.length - 1);
        byte[] longer = Arrays.copyOf(compressed, compressed.length + 1);

        assertThat(reason(decoder.decode(cut))).isEqualTo(Reason.CORRUPT_ZLIB);
        assertThat(reason(decoder.decode(longer))).isEqualTo(Reason.CORRUPT_ZLIB);
        assertThat(reason(decoder.decode(utf8("compressed:text")))).isEqualTo(Reason.CORRUPT_ZLIB);
        assertThat(reason(decoder.decode(joined("compressed:", zlib(utf8("{}"))))))
                .isEqualTo(Reason.CORRUPT_PICKLE);
        assertThat(reason(decoder.decode(joined("raw:", Arrays.copyOf(pickle, 3)))))
                .isEqualTo(Reason.CORRUPT_PICKLE);
        assertThat(reason(decoder.decode(utf8("rawj:{")))).isEqualTo(Reason.CORRUPT_JSON);
        assertThat(reason(decoder.decode(utf8("raw:text")))).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(reason(decoder.decode(new byte[0]))).isEqualTo(Reason.UNKNOWN_FORMAT);
    }

    @Test
    void decode_beyondALimit_isRefusedWithoutBeingInflated() throws IOException {
        byte[] bomb = joined("compressed:", zlib(new byte[50_000_000]));
        byte[] deep = latin("\u0080\u0004" + "]".repeat(70) + "a".repeat(69) + ".");

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(reason(decoder.decode(bomb))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(decoder.decode(new byte[100_001]))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(decoder.decode(joined("raw:", deep)))).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void decode_aSealedValueWithoutItsKey_isRefusedAndShowsNothing() {
        byte[] token =
                FernetTokens.seal(FactorySample.otherKey(), utf8("{\"_serialized_data\": \"rawj:\\\"geheim\\\"\"}"));
        MarkedDecoder keyless = new MarkedDecoder(DecodingLimits.DEFAULT, FernetKeys.NONE);
        MarkedDecoder rotated = new MarkedDecoder(
                DecodingLimits.DEFAULT, FernetKeys.of(List.of(FactorySample.key(), FactorySample.otherKey())));
        byte[] changed = token.clone();
        changed[60] = (byte) (changed[60] == 'A' ? 'B' : 'A');

        assertThat(reason(keyless.decode(token))).isEqualTo(Reason.KEY_MISSING);
        assertThat(reason(decoder.decode(token))).isEqualTo(Reason.KEY_WRONG);
        assertThat(rotated.decode(token)).isInstanceOf(DecodedValue.Marked.class);
        assertThat(reason(rotated.decode(changed))).isEqualTo(Reason.KEY_WRONG);
        assertThat(decoder.decode(token).toString()).doesNotContain("geheim", FactorySample.key());
    }

    @ParameterizedTest
    @CsvSource({"short", "not base64 at all!", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg=="})
    void keys_aBadKey_isRefusedWithoutShowingIt(String key) {
        assertThatThrownBy(() -> FernetKeys.of(List.of(FactorySample.key(), key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Key 2 is no Fernet key")
                .hasMessageNotContaining(key);
        assertThat(FernetKeys.of(List.of(FactorySample.key()))).hasToString("FernetKeys[1]");
    }

    private String layout(byte[] value) {
        return ((DecodedValue.Marked) decoder.decode(value)).layout();
    }

    private String json(byte[] value) {
        return new String(((DecodedValue.Marked) decoder.decode(value)).json(), StandardCharsets.UTF_8);
    }

    private static Reason reason(DecodedValue decoded) {
        assertThat(decoded).isInstanceOf(DecodedValue.Refused.class);
        return ((DecodedValue.Refused) decoded).reason();
    }

    private static byte[] zlib(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(String marker, byte[] rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(utf8(marker));
        bytes.writeBytes(rest);
        return bytes.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void seal_ofTheTests_isWhatTheSampleHas() {
        Sample sealed = FactorySample.of("session:enc-1");

        assertThat(FernetTokens.seal(FactorySample.key(), utf8("x"))).startsWith(utf8("gAAAAA"));
        assertThat(Base64.getUrlDecoder().decode(sealed.value())).startsWith((byte) 0x80);
    }
}
