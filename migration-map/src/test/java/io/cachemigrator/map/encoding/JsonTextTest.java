package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CLI-6")
class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                " false\n",
                "0",
                "-0",
                "42",
                "1e5",
                "1.5E-10",
                "1180591620717411303424",
                "NaN",
                "Infinity",
                "-Infinity",
                "[NaN, -Infinity, {\"a\": Infinity}]",
                "\"\"",
                "\"\\ud800\"",
                "\"ñ☕😀\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00F1\"",
                "{}",
                "[]",
                "{\"1\": 1, \"1\": 2}",
                "[[], {}, [1, 2], {\"a\": {\"b\": []}}]",
                "\t[ 1 ,\r2 ]\n"
            })
    void isValid_whatPythonWrites_isJson(String text) {
        assertThat(JsonText.isValid(bytes(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello world",
                "nul",
                "nulll",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "-NaN",
                "infinity",
                "'a'",
                "\"",
                "\"a",
                "\"\\x41\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "\"\n\"",
                "\"\u0000\"",
                "[",
                "[1",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{1:2}",
                "1 2",
                "[]]",
                "\ufeff1",
                "{\"a\" 1}",
                "{\"a\":1",
                "tru",
                "Nan",
                "-Inf",
                "\\"
            })
    void isValid_anythingElse_isNot(String text) {
        assertThat(JsonText.isValid(bytes(text))).isFalse();
    }

    @Test
    void isValid_textThatIsNotUtf8_isNot() {
        assertThat(JsonText.isValid(new byte[] {'"', (byte) 0xff, '"'})).isFalse();
        assertThat(JsonText.isValid(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isFalse();
        assertThat(JsonText.isValid(new byte[] {'"', (byte) 0xc3, '"'})).isFalse();
        assertThat(JsonText.isValid(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}))
                .isFalse();
    }

    @Test
    void isValid_nestingUpToTheLimit_isJsonAndBeyondIsNot() {
        assertThat(JsonText.isValid(bytes("[".repeat(501) + "]".repeat(501)))).isTrue();
        assertThat(JsonText.isValid(bytes("[".repeat(502) + "]".repeat(502)))).isFalse();
        assertThat(JsonText.isValid(bytes("[".repeat(1_000_000)))).isFalse();
        assertThat(JsonText.isValid(bytes("{\"a\":".repeat(1_000_000)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "9223372036854775807", "-9223372036854775808"})
    void isCounter_aDecimalIntegerOf64Bits_isOne(String text) {
        assertThat(JsonText.isCounter(bytes(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-0", "01", "+1", "1.5", " 1", "1 ", "9223372036854775808", "NaN", "null", "1e3"})
    void isCounter_anythingElse_isNone(String text) {
        assertThat(JsonText.isCounter(bytes(text))).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
