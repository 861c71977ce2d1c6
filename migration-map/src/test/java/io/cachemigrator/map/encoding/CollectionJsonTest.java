package io.cachemigrator.map.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("CLI-6")
class CollectionJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static String array(byte[]... elements) {
        CollectionJson json = new CollectionJson(false);
        for (byte[] element : elements) {
            json.element(element);
        }
        json.end();
        return new String(json.toBytes(), UTF_8);
    }

    @Test
    void hash_isAnObjectOfTexts() {
        CollectionJson json = new CollectionJson(true);
        json.field(utf8("a"), utf8("1"));
        json.field(utf8("\"b\\"), utf8("Grüße 🚀\n\u007f"));
        json.end();

        assertThat(new String(json.toBytes(), UTF_8))
                .isEqualTo("{\"a\":\"1\",\"\\\"b\\\\\":\"Grüße 🚀\\u000a\u007f\"}");
    }

    @Test
    void nothing_isAnEmptyCollection() {
        CollectionJson hash = new CollectionJson(true);
        hash.end();

        assertThat(array()).isEqualTo("[]");
        assertThat(new String(hash.toBytes(), UTF_8)).isEqualTo("{}");
    }

    @Test
    void bytesThatAreNoText_becomeAnEscapeEach() {
        assertThat(array("a\u00ff\u0080\u00c3b".getBytes(ISO_8859_1))).isEqualTo("[\"a\\udcff\\udc80\\udcc3b\"]");
        // a surrogate is no UTF-8, so that its three bytes cannot be mistaken for an escape of ours
        assertThat(array(new byte[] {(byte) 0xed, (byte) 0xb3, (byte) 0xbf})).isEqualTo("[\"\\udced\\udcb3\\udcbf\"]");
    }

    @Property
    void anyBytes_canBeToldAgain(@ForAll List<byte[]> elements) throws IOException {
        String json = array(elements.toArray(byte[][]::new));

        assertThat(JsonText.isValid(utf8(json))).isTrue();
        List<byte[]> back = new ArrayList<>();
        for (JsonNode element : JSON.readTree(json)) {
            back.add(bytes(element.asText()));
        }
        assertThat(back.toArray(byte[][]::new)).isDeepEqualTo(elements.toArray(byte[][]::new));
    }

    /** As Python's {@code encode('utf-8', 'surrogateescape')}. */
    private static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.codePoints()
                .forEach(point -> out.writeBytes(
                        point >= 0xdc80 && point <= 0xdcff
                                ? new byte[] {(byte) point}
                                : Character.toString(point).getBytes(UTF_8)));
        return out.toByteArray();
    }

    @Test
    void drained_inParts_isTheSameText() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CollectionJson json = new CollectionJson(false);
        for (int i = 0; i < 3; i++) {
            json.element(utf8("element " + i));
            json.drainTo(out);
            assertThat(json.size()).isZero();
        }
        json.end();
        json.drainTo(out);

        assertThat(out.toString(UTF_8)).isEqualTo("[\"element 0\",\"element 1\",\"element 2\"]");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "7, 7",
                "-7, -7",
                "0, 0",
                "-0, -0.0",
                "0.5, 0.5",
                "0.71999999999999997, 0.72",
                "0.72, 0.72",
                "1754223330.125, 1754223330.125",
                "1.50, 1.5",
                "1e+20, 1E+20",
                "100000000000000000000, 1E+20",
                "9007199254740993, 9007199254740992",
                "0.33333333333333331, 0.3333333333333333",
                "4.9406564584124654e-324, 4.94065645841247E-324",
                "1.7976931348623157e+308, 1.7976931348623157E+308",
                "inf, \"inf\"",
                "-inf, \"-inf\""
            },
            quoteCharacter = '\'')
    void score_hasOneText(String server, String json) {
        CollectionJson zset = new CollectionJson(false);
        zset.scored(utf8("m"), server.getBytes(US_ASCII));
        zset.end();

        assertThat(new String(zset.toBytes(), UTF_8)).isEqualTo("[[\"m\"," + json + "]]");
    }

    @Property
    void anyScore_isExact_andTheSameHoweverTheServerWritesIt(@ForAll double score) {
        String json = Score.json(score);

        assertThat(Double.parseDouble(json)).isEqualTo(score);
        assertThat(JsonText.isValid(utf8(json))).isTrue();
        assertThat(new String(Score.json(Double.toString(score).getBytes(US_ASCII)), US_ASCII))
                .isEqualTo(json);
        String sixteenAndOne =
                new BigDecimal(score).round(new java.math.MathContext(17)).toString();
        assertThat(new String(Score.json(sixteenAndOne.getBytes(US_ASCII)), US_ASCII))
                .isEqualTo(json);
    }

    @Test
    void nan_isNoScore() {
        assertThatThrownBy(() -> Score.json(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
