package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CLI-6")
class MarkedGzipTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": [1, 2.50, \"ñ\"]}", "\"text\"", "1", "null"})
    void recoverJson_whatWasMarked_givesTheSameBytes(String json) {
        String text = MarkedGzip.of(bytes(json));

        assertThat(MarkedGzip.isMarked(text)).isTrue();
        assertThat(MarkedGzip.recoverJson(text, 100)).isEqualTo(bytes(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip+base64:",
                "gzip+base64:!",
                "gzip+base64:H4sIAAAAAAAA",
                "gzip+base64:ñ",
                "gzip+base64:aGVsbG8=",
            })
    void recoverJson_damagedText_isNone(String text) {
        assertThat(MarkedGzip.recoverJson(text, 100)).isNull();
    }

    @Test
    void recoverJson_beyondTheLimitOrNoJson_isNone() {
        assertThat(MarkedGzip.recoverJson(MarkedGzip.of(bytes("\"" + "x".repeat(1_000_000) + "\"")), 1000))
                .isNull();
        assertThat(MarkedGzip.recoverJson(MarkedGzip.of(bytes("no json")), 1000))
                .isNull();
        assertThat(MarkedGzip.isMarked("b'x'")).isFalse();
    }
}
