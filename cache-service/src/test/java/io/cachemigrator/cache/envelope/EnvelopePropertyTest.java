package io.cachemigrator.cache.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("SVC-8")
class EnvelopePropertyTest {
    private static final Envelope SAMPLE =
            Envelope.of(Envelope.CODEC_TEXT, new byte[] {'a'}).withMetadata(Map.of("etag", "1"));

    @Provide
    Arbitrary<Envelope> envelopes() {
        Arbitrary<String> text = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(20);
        Arbitrary<byte[]> payload = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
                Arbitraries.longs().map(number -> Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 3).map(flags -> flags << 2),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.longs().between(-1, Long.MAX_VALUE),
                        text.list().ofMaxSize(5),
                        Arbitraries.maps(text, Arbitraries.strings().ascii().ofMaxLength(30))
                                .ofMaxSize(5),
                        payload)
                .as((codec, flags, created, deadline, tags, metadata, bytes) ->
                        new Envelope(codec, 0, 0, flags, created, deadline, tags, metadata, bytes));
    }

    @Property(tries = 500)
    void decode_ofEncoded_givesTheSame(@ForAll("envelopes") Envelope envelope) throws Exception {
        assertThat(EnvelopeFormat.decode(EnvelopeFormat.encode(envelope))).isEqualTo(envelope);
    }

    /** Whatever the bytes, a reader gives an envelope that encodes to them, or the declared exception; nothing else. */
    @Property(tries = 2_000)
    void decode_ofChangedBytes_throwsOnlyTheDeclaredException(
            @ForAll("envelopes") Envelope envelope,
            @ForAll @IntRange(max = 1_000) int where,
            @ForAll byte value,
            @ForAll @IntRange(max = 2) int how) {
        byte[] bytes = EnvelopeFormat.encode(envelope);
        byte[] changed = bytes.clone();
        if (how == 0) {
            changed[where % bytes.length] = value;
        } else if (how == 1) {
            changed = Arrays.copyOf(bytes, where % bytes.length);
        } else {
            changed = Arrays.copyOf(bytes, bytes.length + 1 + where % 8);
        }
        assertCanonicalOrRefused(changed);
    }

    @Property(tries = 1_000)
    void decode_ofRandomHeader_throwsOnlyTheDeclaredException(@ForAll byte[] tail) {
        byte[] bytes = ByteBuffer.allocate(40 + tail.length)
                .put(EnvelopeFormat.encode(SAMPLE), 0, 28)
                .put(tail)
                .array();
        assertCanonicalOrRefused(bytes);
        assertCanonicalOrRefused(tail);
    }

    private static void assertCanonicalOrRefused(byte[] bytes) {
        try {
            assertThat(EnvelopeFormat.encode(EnvelopeFormat.decode(bytes))).isEqualTo(bytes);
        } catch (EnvelopeException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
