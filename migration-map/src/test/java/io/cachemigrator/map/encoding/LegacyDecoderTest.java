package io.cachemigrator.map.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CLI-6")
class LegacyDecoderTest {
    private final LegacyDecoder decoder = new LegacyDecoder(new DecodingLimits(10_000, 1000, 50));

    @Test
    void decode_jsonText_keepsTheVeryBytes() {
        byte[] value = bytes("{\"a\": 1e22}");

        assertThat(decoder.decode(value))
                .isInstanceOfSatisfying(
                        DecodedValue.Json.class, json -> assertThat(json.text()).isSameAs(value));
    }

    @Test
    void decode_gzipOfJson_isDecompressed() throws IOException {
        assertThat(decoder.decode(gzip(bytes("[1, 2]"))))
                .isInstanceOfSatisfying(
                        DecodedValue.GzipJson.class,
                        json -> assertThat(json.text()).isEqualTo(bytes("[1, 2]")));
    }

    @Test
    void decode_gzipBeyondTheLimit_isRefusedWithoutBeingRead() throws IOException {
        assertThat(decoder.decode(gzip(new byte[5_000_000])))
                .isInstanceOfSatisfying(
                        DecodedValue.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(DecodedValue.Reason.TOO_LARGE));
    }

    @Test
    void decode_damagedGzip_isOpaqueSoThatNothingIsLost() throws IOException {
        byte[] good = gzip(bytes("[1, 2]"));
        byte[] truncated = Arrays.copyOf(good, good.length - 1);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 6] ^= 1;

        assertThat(List.of(truncated, longer, wrongSum, new byte[] {0x1f, (byte) 0x8b}, gzip(bytes("no json"))))
                .allSatisfy(value -> assertThat(decoder.decode(value)).isInstanceOf(DecodedValue.Opaque.class));
    }

    @Test
    void decode_gzipWithAllHeaderFields_isDecompressed() throws IOException {
        byte[] plain = gzip(bytes("[1, 2]"));
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.write(plain, 0, 3);
        full.write(2 | 4 | 8 | 16);
        full.write(plain, 4, 6);
        full.writeBytes(new byte[] {2, 0, 'e', 'x', 'n', 0, 'c', 0, 1, 2});
        full.write(plain, 10, plain.length - 10);

        assertThat(decoder.decode(full.toByteArray())).isInstanceOf(DecodedValue.GzipJson.class);
    }

    @Test
    void decode_textAndBytes_areOpaqueAndToldApart() {
        assertThat(decoder.decode(bytes("hello world")))
                .isInstanceOfSatisfying(
                        DecodedValue.Opaque.class,
                        opaque -> assertThat(opaque.text()).isTrue());
        assertThat(decoder.decode(new byte[] {1, (byte) 0xff}))
                .isInstanceOfSatisfying(
                        DecodedValue.Opaque.class,
                        opaque -> assertThat(opaque.text()).isFalse());
        assertThat(decoder.decode(new byte[0]))
                .isInstanceOfSatisfying(
                        DecodedValue.Opaque.class,
                        opaque -> assertThat(opaque.text()).isFalse());
    }

    @Test
    void decode_aPickleWithAnUnknownOpcode_isOpaqueWithTheReason() {
        assertThat(decoder.decode(new byte[] {(byte) 0x80, 4, (byte) 0xff, '.'}))
                .isInstanceOfSatisfying(
                        DecodedValue.Opaque.class,
                        opaque -> assertThat(opaque.note()).contains("unknown opcode 0xff at byte 2"));
    }

    @Test
    void decode_aPickleOfBytes_givesTheBytes() {
        assertThat(decoder.decode(new byte[] {(byte) 0x80, 3, 'C', 2, 1, 2, '.'}))
                .isInstanceOfSatisfying(DecodedValue.PickledBytes.class, pickled -> {
                    assertThat(pickled.bytes()).containsExactly(1, 2);
                    assertThat(pickled.pythonType()).isEqualTo("bytes");
                });
    }

    @Test
    void decode_aValueBeyondTheLimit_isRefused() {
        assertThat(decoder.decode(new byte[10_001]))
                .isInstanceOfSatisfying(
                        DecodedValue.Refused.class,
                        refused -> assertThat(refused.detail()).contains("10001 bytes, at most 10000"));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
