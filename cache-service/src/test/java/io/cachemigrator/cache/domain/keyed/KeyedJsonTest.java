package io.cachemigrator.cache.domain.keyed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.error.ValidationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-8")
class KeyedJsonTest {

    @Test
    void write_numbers_haveTheLegacyNotation() {
        Map<Double, String> expected = new LinkedHashMap<>();
        expected.put(1.0, "1.0");
        expected.put(0.1, "0.1");
        expected.put(-0.0, "-0.0");
        expected.put(129.5, "129.5");
        expected.put(1e15, "1000000000000000.0");
        expected.put(9999999999999998.0, "9999999999999998.0");
        expected.put(1e16, "1e+16");
        expected.put(1.5e300, "1.5e+300");
        expected.put(1e22, "1e+22");
        expected.put(1e23, "1e+23");
        expected.put(0.0001, "0.0001");
        expected.put(0.00001, "1e-05");
        expected.put(1.25e-7, "1.25e-07");
        expected.put(2e-3, "0.002");
        expected.put(5e-324, "5e-324");
        expected.put(1.7976931348623157e308, "1.7976931348623157e+308");
        expected.put(2.2250738585072014e-308, "2.2250738585072014e-308");
        expected.put(Double.NaN, "NaN");
        expected.put(Double.NEGATIVE_INFINITY, "-Infinity");
        expected.forEach((value, text) -> assertThat(text(value)).isEqualTo(text));
        assertThat(text(0.1f)).isEqualTo("0.1");
        assertThat(text(new BigDecimal("12.50"))).isEqualTo("12.5");
        assertThat(text(new BigDecimal("0.1234567890123456789"))).isEqualTo("0.1234567890123456789");
        assertThat(text(new BigInteger("1180591620717411303424"))).isEqualTo("1180591620717411303424");
    }

    @Test
    void write_anyDouble_readsBackEqual() throws CodecException {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(KeyedJson.read(KeyedJson.write(value), Double.class)).isEqualTo(value);
            }
        }
    }

    @Test
    void write_texts_areEscapedAsTheLegacyServicesDo() throws CodecException {
        String text = "\"\\/\b\f\n\r\t\u0000\u007f\u0080ñ\u2028\uD83D\uDE00\uD83D";
        assertThat(text(text))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\u007f\\u0080\\u00f1\\u2028\\ud83d\\ude00\\ud83d\"");
        assertThat(KeyedJson.read(KeyedJson.write(text), String.class)).isEqualTo(text);
    }

    @Test
    void write_nesting_hasSpacesAfterCommaAndColon() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("list", List.of(1, List.of(), Map.of()));
        map.put(7, null);
        map.put(true, false);
        assertThat(text(map)).isEqualTo("{\"list\": [1, [], {}], \"7\": null, \"true\": false}");
        assertThat(text(null)).isEqualTo("null");
    }

    @Test
    void write_cycleOrUnknownType_isRefusedWithoutItsValue() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatThrownBy(() -> KeyedJson.write(cycle)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> KeyedJson.write(Map.of("secret", new Object())))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("CM-603")
                .hasMessageNotContaining("secret");
    }

    @Test
    void read_plainText_isTextWhereTextIsAskedFor() throws CodecException {
        assertThat(KeyedJson.read(bytes("hello world"), String.class)).isEqualTo("hello world");
        assertThat(KeyedJson.read(bytes("hello world"), Object.class)).isEqualTo("hello world");
        assertRefused(bytes("hello world"), Map.class);
        assertRefused(bytes("{broken"), Object.class);
        assertRefused(bytes("\"cut"), String.class);
        assertRefused(bytes(""), Object.class);
        assertRefused(new byte[] {(byte) 0xff, 1}, Object.class);
        assertRefused(new byte[] {0x1f, (byte) 0x8b, 8}, String.class);
    }

    @Test
    void read_trailingTextDeepNestingOrCoercion_isRefused() {
        assertRefused(bytes("{\"a\": 1} garbage"), Map.class);
        assertRefused(bytes("[".repeat(2_000) + "]".repeat(2_000)), List.class);
        assertRefused(bytes("1.5"), Long.class);
        assertRefused(bytes("\"5\""), Integer.class);
        assertRefused(bytes("9223372036854775808"), Long.class);
    }

    @Test
    void read_refusal_doesNotShowTheValue() {
        assertThatThrownBy(() -> KeyedJson.read(bytes("{\"password\": \"hunter2\"}"), List.class))
                .isInstanceOf(CodecException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    private static void assertRefused(byte[] text, Class<?> type) {
        assertThatThrownBy(() -> KeyedJson.read(text, type)).isInstanceOf(CodecException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(Object value) {
        return new String(KeyedJson.write(value), UTF_8);
    }
}
