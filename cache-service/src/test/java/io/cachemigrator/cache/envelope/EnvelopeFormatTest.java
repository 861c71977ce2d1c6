package io.cachemigrator.cache.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-8")
class EnvelopeFormatTest {
    private static final Envelope SAMPLE = Envelope.of(
                    Envelope.CODEC_JSON, "{\"a\": 1}".getBytes(StandardCharsets.UTF_8))
            .withCreated(1_000_000)
            .withDeadline(2_000)
            .withTags(List.of("red", "größe"))
            .withMetadata(Map.of("etag", "1", "vary", "Accept"));

    @Test
    void decode_ofHugeDeclaredLengths_refusesWithoutAllocating() {
        byte[] bytes = EnvelopeFormat.encode(SAMPLE);
        for (int offset = EnvelopeFormat.TAGS_OFFSET; offset + 4 <= bytes.length; offset++) {
            byte[] changed = bytes.clone();
            ByteBuffer.wrap(changed).putInt(offset, 0x7FFFFFFF);
            assertThatThrownBy(() -> EnvelopeFormat.decode(changed)).isInstanceOf(EnvelopeException.class);
        }
    }

    @Test
    void decode_ofDamage_saysWhichRuleIsBroken() {
        assertRefused("version 2", change(4, 2));
        assertRefused("flags", change(8, 16));
        assertRefused("reserved", change(10, 1));
        assertRefused("null", change(8, Envelope.NULL));
        assertRefused("checksum", change(EnvelopeFormat.encode(SAMPLE).length - 1, '!'));
        assertRefused("do not start", change(0, '{'));
        assertRefused("created", change(EnvelopeFormat.CREATED_OFFSET, 0x80));
        assertRefused("deadline", change(EnvelopeFormat.DEADLINE_OFFSET, 0x80));
        assertRefused("UTF-8", change(32, 0xFF));
    }

    private static byte[] change(int... offsetsAndValues) {
        byte[] bytes = EnvelopeFormat.encode(SAMPLE);
        for (int i = 0; i < offsetsAndValues.length; i += 2) {
            bytes[offsetsAndValues[i]] = (byte) offsetsAndValues[i + 1];
        }
        return bytes;
    }

    private static void assertRefused(String word, byte[] bytes) {
        assertThatThrownBy(() -> EnvelopeFormat.decode(bytes))
                .isInstanceOf(EnvelopeException.class)
                .hasMessageContaining(word);
    }

    @Test
    void envelope_beyondLimits_isRefused() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1_025; i++) {
            many.add("t" + i);
        }
        assertThatThrownBy(() -> SAMPLE.withTags(many)).hasMessageContaining("1025 tags");
        assertThatThrownBy(() -> SAMPLE.withTags(List.of(""))).hasMessageContaining("a tag has 0 bytes");
        assertThatThrownBy(() -> SAMPLE.withTags(List.of("half \uD83C"))).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> SAMPLE.withMetadata(Map.of("k", "x".repeat(1 << 20))))
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> SAMPLE.withFlags(Envelope.NULL)).hasMessageContaining("no payload");
        assertThatThrownBy(() -> SAMPLE.withDeadline(-2)).hasMessageContaining("deadline");
        assertThatThrownBy(() -> Envelope.of(256, new byte[0])).hasMessageContaining("codec");
    }

    @Test
    void stamped_changesTimesOnly() throws Exception {
        byte[] bytes = EnvelopeFormat.encode(SAMPLE);

        byte[] stamped = EnvelopeFormat.stamped(bytes, 7, -1);

        assertThat(EnvelopeFormat.decode(stamped))
                .isEqualTo(SAMPLE.withCreated(7).withDeadline(-1));
        assertThat(EnvelopeFormat.decode(bytes)).isEqualTo(SAMPLE);
    }

    @Test
    void isInteger_holdsForCanonicalDecimalTextOnly() {
        for (String integer : List.of("0", "7", "-7", "1500", "9223372036854775807", "-9223372036854775808")) {
            assertThat(isInteger(integer)).as(integer).isTrue();
        }
        for (String other :
                List.of("", "-", "-0", "00", "007", "+7", " 7", "7 ", "1.5", "1e3", "12345678901234567890")) {
            assertThat(isInteger(other)).as(other).isFalse();
        }
    }

    private static boolean isInteger(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return EnvelopeFormat.isInteger(bytes, 0, bytes.length);
    }

    @Test
    void toString_doesNotShowThePayload() {
        assertThat(SAMPLE.toString()).contains("8 bytes").doesNotContain("\"a\"");
    }
}
