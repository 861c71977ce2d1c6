package io.cachemigrator.map.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles of JSON values, against the reader, and against bytes that Python's own reader accepts. */
@Tag("SHM-1")
class PickleWriterTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                " false ",
                "0",
                "-0",
                "255",
                "256",
                "65535",
                "65536",
                "-1",
                "2147483647",
                "-2147483648",
                "2147483648",
                "-2147483649",
                "9223372036854775807",
                "-9223372036854775808",
                "1180591620717411303424",
                "-1180591620717411303424",
                "0.0",
                "0.1",
                "-2.5",
                "1e22",
                "1E-05",
                "4.9e-324",
                "5e-324",
                "2e-3",
                "2E23",
                "1.0000000000000002",
                "1.7976931348623157e308",
                "0.30000000000000004",
                "0e99",
                "NaN",
                "Infinity",
                "-Infinity",
                "\"\"",
                "\"Zo\\u00eb \\ud83d\\ude80 \\n \\\" \\\\ \\/\"",
                "\"Ünïcödé 東京 🚀\"",
                "[]",
                "{}",
                "[ [ ] , { } , [ 1 , [ 2 ] ] ]",
                "{ \"a\" : { \"b\" : [ 1.5 , null , \"x\" ] } , \"\" : false }"
            })
    void write_anyValue_isReadBackAsTheSame(String json) throws IOException {
        assertThat(MAPPER.readTree(readBack(json.getBytes(UTF_8)))).isEqualTo(MAPPER.readTree(json.strip()));
    }

    @Test
    void write_longTextsAndIntegers_areReadBack() throws IOException {
        for (String json : new String[] {
            "\"" + "é".repeat(127) + "x\"",
            "\"" + "é".repeat(128) + "\"",
            "\"" + "x".repeat(100_000) + "\"",
            "9".repeat(600),
            "-" + "9".repeat(620),
            "1" + "0".repeat(900)
        }) {
            assertThat(MAPPER.readTree(readBack(json.getBytes(UTF_8)))).isEqualTo(MAPPER.readTree(json));
        }
    }

    @Test
    @DisplayName("a lone surrogate, which Python's texts may hold, survives")
    void write_loneSurrogate_survives() {
        assertThat(new String(readBack("\"a\\ud83dz\\udc00\"".getBytes(UTF_8)), UTF_8))
                .isEqualTo("\"a\\ud83dz\\udc00\"");
    }

    @Test
    @DisplayName("the bytes are those that Python 3 loads as {'a': [1, 300, 70000, 1.5, True, None], 'é': 2**31}")
    void write_oneOfEverything_hasTheseBytes() {
        byte[] pickle = PickleWriter.write("{\"a\":[1,300,70000,1.5,true,null],\"é\":2147483648}".getBytes(UTF_8));
        assertThat(HexFormat.of().formatHex(pickle))
                .isEqualTo("8004952a000000000000007d288c01615d284b014d2c014a70110100473ff8000000000000884e658c02c3a9"
                        + "8a050000008000752e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "1e-400",
                "1e-99999999999",
                "0.1234567890123456789012345",
                "0.12345678901234567",
                "9007199254740993.0e0",
                "{\"a\":1,\"a\":2}",
                "[[1],{\"a\":{\"b\":1,\"b\":1}}]"
            })
    @DisplayName("what a pickle would not give back as it was is not written")
    void write_whatWouldBeLost_isNotWritten(String json) {
        assertThat(PickleWriter.write(json.getBytes(UTF_8))).isNull();
    }

    @Test
    void write_deepLargeOrLong_isWrittenAsFarAsItIsReadAgain() {
        assertThat(PickleWriter.write(nested(66))).isNull();
        assertThat(new String(readBack(nested(65)), UTF_8)).isEqualTo(new String(nested(65), UTF_8));
        assertThat(PickleWriter.write("7".repeat(4_001).getBytes(UTF_8))).isNull();
        String most = "[" + "[],".repeat(399_998) + "[]]";
        assertThat(PickleWriter.write(most.getBytes(UTF_8))).as("one beyond").isNotNull();
        assertThat(readBack(most.getBytes(UTF_8))).hasSizeGreaterThan(most.length());
        assertThat(PickleWriter.write(("[[]," + most.substring(1)).getBytes(UTF_8)))
                .isNull();
        assertThat(PickleWriter.write(("{\"a\":" + most + "}").getBytes(UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nul", "{", "[1,]", "cos\nsystem\n(S'true'\ntR."})
    void write_noJson_isRefused(String text) {
        assertThatThrownBy(() -> PickleWriter.write(text.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The text is no JSON. Hand in one JSON value.");
    }

    private static byte[] nested(int levels) {
        return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
    }

    private static byte[] readBack(byte[] json) {
        byte[] pickle = PickleWriter.write(json);
        byte[] raw = new byte[pickle.length + 4];
        System.arraycopy("raw:".getBytes(UTF_8), 0, raw, 0, 4);
        System.arraycopy(pickle, 0, raw, 4, pickle.length);
        return ((DecodedValue.Marked) new MarkedDecoder(DecodingLimits.DEFAULT, FernetKeys.NONE).decode(raw)).json();
    }
}
