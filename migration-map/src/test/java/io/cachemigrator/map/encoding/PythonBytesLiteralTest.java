package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CLI-6")
@DisplayName("Defect C-11: compressed responses stored as printed bytes")
class PythonBytesLiteralTest {
    @Test
    void parse_eachEscape_givesItsByte() {
        assertThat(PythonBytesLiteral.parse("b'a\\x00\\xfF\\n\\r\\t\\\\\\'\\\"\"'"))
                .isEqualTo("a\u0000\u00ff\n\r\t\\'\"\"".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PythonBytesLiteral.parse("b\"it's\"")).isEqualTo("it's".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "b'",
                "'a'",
                "b'a",
                "ba'",
                "b'a\"",
                "b'a'b'",
                "b'\\'",
                "b'\\q'",
                "b'\\x1'",
                "b'\\xzz'",
                "b'ñ'"
            })
    void parse_whatIsNoLiteral_isNone(String text) {
        assertThat(PythonBytesLiteral.parse(text)).isNull();
    }

    @Test
    @Tag("services-case-38")
    void recoverJson_printedGzip_givesTheJsonBack() throws IOException {
        assertThat(PythonBytesLiteral.recoverJson(printedGzip("{\"a\": [1, 2.50]}"), 100))
                .isEqualTo("{\"a\": [1, 2.50]}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void recoverJson_printedGzipOfText_givesAString() throws IOException {
        assertThat(PythonBytesLiteral.recoverJson(printedGzip("¿qué?"), 100))
                .isEqualTo("\"\\u00bfqu\\u00e9?\"".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void recoverJson_beyondTheLimit_isNone() throws IOException {
        assertThat(PythonBytesLiteral.recoverJson(printedGzip("[" + "1,".repeat(100_000) + "1]"), 1000))
                .isNull();
    }

    @Test
    void recoverJson_printedBytesThatAreNoGzip_isNone() {
        assertThat(PythonBytesLiteral.recoverJson("b'hello'", 100)).isNull();
        assertThat(PythonBytesLiteral.recoverJson("b'\\x1f\\x8bhello'", 100)).isNull();
        assertThat(PythonBytesLiteral.recoverJson("hello", 100)).isNull();
    }

    /** Prints gzip data as Python prints bytes. */
    private static String printedGzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder literal = new StringBuilder("b\"");
        for (byte b : bytes.toByteArray()) {
            boolean plain = b >= ' ' && b <= '~' && b != '"' && b != '\\';
            literal.append(plain ? String.valueOf((char) b) : "\\x%02x".formatted(b));
        }
        return literal.append('"').toString();
    }
}
