package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression and encryption, read back, read from files of an earlier time, and refused when somebody changed something. */
@Tag("SVC-8")
class PayloadSealTest {
    private static final String TEXT = "{\"text\":\"" + "a repetitive value, ".repeat(200) + "\"}";
    private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final int MOST = 4 << 20;

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return key;
    }

    private static EncryptionConfig keys(int current, int... ids) {
        Map<Integer, byte[]> keys = new java.util.TreeMap<>();
        for (int id : ids) {
            keys.put(id, key(id));
        }
        return EncryptionConfig.of(current, keys);
    }

    private static RegionConfig region(String name, boolean encrypted) {
        return RegionConfig.builder(name)
                .compression(new CompressionConfig(100, 3))
                .encrypted(encrypted)
                .maxValueBytes(MOST)
                .build();
    }

    private static PayloadSeal compressing() {
        return PayloadSeal.of(region("r", false), (EncryptionConfig) null);
    }

    private static PayloadSeal encrypting(String region, EncryptionConfig keys) {
        return PayloadSeal.of(region(region, true), keys);
    }

    private static Envelope json(String text) {
        return Envelope.of(Envelope.CODEC_JSON, text.getBytes(UTF_8)).withCreated(1_754_216_130_123_456L);
    }

    private static void assertRefused(ThrowingCallable open, String reason) {
        assertThatThrownBy(open).isInstanceOf(EnvelopeException.class).hasMessageContaining(reason);
    }

    @Test
    void seal_compressesWhatShrinksAndIsLargeEnough() throws Exception {
        Envelope sealed = compressing().seal("k", json(TEXT));
        assertThat(sealed.compression()).isEqualTo(Envelope.ZSTD);
        assertThat(sealed.payload().length).isLessThan(TEXT.length() / 10);
        assertThat(compressing().open("k", sealed)).isEqualTo(json(TEXT));

        byte[] noise = new byte[1_000];
        new Random(1).nextBytes(noise);
        assertThat(compressing().seal("k", Envelope.of(0, noise)).isPlain()).isTrue();
        assertThat(compressing()
                        .seal("k", json("{\"a\":\"" + "a".repeat(50) + "\"}"))
                        .isPlain())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 19})
    void seal_atEachLevel_isReadBack(int level) throws Exception {
        RegionConfig config = RegionConfig.builder("r")
                .compression(new CompressionConfig(0, level))
                .build();
        byte[] large = TEXT.repeat(1_000).getBytes(UTF_8);
        PayloadSeal seal = PayloadSeal.of(config, (EncryptionConfig) null);
        assertThat(seal.open("k", seal.seal("k", Envelope.of(1, large))).payload())
                .isEqualTo(large);
    }

    @Test
    void seal_encrypts_withAnotherNonceEachTime() throws Exception {
        PayloadSeal seal = encrypting("r", keys(7, 7));
        Envelope first = seal.seal("k", json(TEXT));
        Envelope second = seal.seal("k", json(TEXT));
        assertThat(first.encryption()).isEqualTo(Envelope.AES_GCM);
        assertThat(first.payload()).isNotEqualTo(second.payload());
        assertThat(new String(first.payload(), UTF_8)).doesNotContain("repetitive");
        assertThat(seal.open("k", first)).isEqualTo(json(TEXT));
    }

    @Test
    void seal_leavesNullsAndTombstonesAsTheyAre_andCountersWherePlainIsAccepted() throws Exception {
        PayloadSeal seal = encrypting("r", keys(7, 7));
        RegionConfig lenient =
                region("r", true).toBuilder("r").acceptPlain(true).build();
        PayloadSeal accepting = PayloadSeal.of(lenient, keys(7, 7));
        assertThat(seal.seal("k", json("-42")).isPlain()).isFalse();
        assertThat(accepting.seal("k", json("-42")).isPlain()).isTrue();
        assertThat(accepting.open("k", json("-42"))).isEqualTo(json("-42"));
        assertThat(accepting.seal("k", json(TEXT)).isPlain()).isFalse();
        assertThat(seal.open("k", Envelope.ofNull(2)).isNull()).isTrue();
        assertThat(seal.seal("k", Envelope.ofNull(2)).isPlain()).isTrue();
        assertThat(seal.seal("k", Envelope.tombstone(1, 2)).isPlain()).isTrue();
        // text of digits is a text
        assertThat(seal.seal("k", Envelope.of(Envelope.CODEC_TEXT, "42".getBytes(UTF_8)))
                        .isPlain())
                .isFalse();
    }

    @Test
    void open_ofWhatIsNotEncrypted_isRefusedWithItsKind() {
        Envelope compressed = compressing().seal("k", json(TEXT));
        assertThat(compressed.isPlain()).isFalse();
        for (Envelope plain : List.of(json(TEXT), json("42"), compressed)) {
            assertThatThrownBy(() -> encrypting("r", keys(1, 1)).open("k", plain))
                    .isInstanceOfSatisfying(
                            EnvelopeException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(EnvelopeException.Kind.NOT_ENCRYPTED));
        }
    }

    @Test
    void open_afterARotation_readsOldKeysWhileTheyAreKept() throws Exception {
        Envelope old = encrypting("r", keys(1, 1)).seal("k", json(TEXT));
        PayloadSeal rotated = encrypting("r", keys(2, 1, 2));
        assertThat(rotated.open("k", old)).isEqualTo(json(TEXT));
        assertThat(rotated.seal("k", json(TEXT)).payload()).startsWith(1, '2');
        assertRefused(() -> encrypting("r", keys(2, 2)).open("k", old), "not configured here");
        assertRefused(() -> compressing().open("k", old), "no keys");
    }

    @Test
    void open_underAnotherIdRegionOrCodec_isRefused() {
        Envelope sealed = encrypting("r", keys(1, 1)).seal("k", json(TEXT));
        assertRefused(() -> encrypting("r", keys(1, 1)).open("other", sealed), "moved from another id");
        assertRefused(() -> encrypting("rk", keys(1, 1)).open("", sealed), "moved from another id");
        Envelope asText = new Envelope(
                Envelope.CODEC_TEXT,
                sealed.compression(),
                sealed.encryption(),
                0,
                sealed.createdMicros(),
                -1,
                sealed.tags(),
                sealed.metadata(),
                sealed.payload());
        assertRefused(() -> encrypting("r", keys(1, 1)).open("k", asText), "was changed");
    }

    @Test
    void open_withAnyBitFlippedOrCut_isRefused() {
        PayloadSeal seal = encrypting("r", keys(1, 1));
        Envelope sealed = seal.seal("k", json("{\"a\":\"short\"}"));
        byte[] payload = sealed.payload();
        for (int bit = 0; bit < payload.length * 8; bit++) {
            byte[] flipped = payload.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> seal.open("k", sealed.withPayload(flipped)))
                    .isInstanceOf(EnvelopeException.class);
        }
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> seal.open("k", sealed.withPayload(cut))).isInstanceOf(EnvelopeException.class);
        }
    }

    @Test
    void open_ofCutOrChangedFrames_refusesOrGivesTheRightSize() {
        PayloadSeal seal = compressing();
        Envelope sealed = seal.seal("k", json(TEXT));
        for (int i = 0; i < sealed.payload().length; i++) {
            byte[] cut = Arrays.copyOf(sealed.payload(), i);
            assertThatThrownBy(() -> seal.open("k", sealed.withPayload(cut))).isInstanceOf(EnvelopeException.class);
        }
        assertRefused(() -> seal.open("k", sealed.withPayload(TEXT.getBytes(UTF_8))), "no zstd frame");
    }

    @Test
    void open_ofABomb_isRefusedWithoutTakingItsMemory() {
        byte[] bomb = Zstd.compress(new byte[200 << 20], 19);
        byte[] lying = liar(3_900_000);
        Envelope envelope = new Envelope(0, Envelope.ZSTD, 0, 0, 0, -1, java.util.List.of(), Map.of(), bomb);
        PayloadSeal seal = compressing();
        long before = allocated();
        assertRefused(() -> seal.open("k", envelope), "more than the 4194304");
        assertRefused(() -> seal.open("k", envelope.withPayload(lying)), "and cannot");
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void open_ofAFrameThatHoldsMoreOrLessThanItSays_isRefused() {
        byte[] honest = Zstd.compress(new byte[2 << 20], 3);
        PayloadSeal seal = compressing();
        for (int size : new int[] {(2 << 20) - 1, (2 << 20) + 1, 1_100_000, 100_000, 0}) {
            byte[] frame = honest.clone();
            // a frame of this size states it in four bytes, after magic number, descriptor and, in some, a window
            int at = (frame[4] & 0x20) != 0 ? 5 : 6;
            ByteBuffer.wrap(frame).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(at, size);
            Envelope envelope = new Envelope(0, Envelope.ZSTD, 0, 0, 0, -1, java.util.List.of(), Map.of(), frame);
            assertThatThrownBy(() -> seal.open("k", envelope))
                    .as("claims %s", size)
                    .isInstanceOf(EnvelopeException.class);
        }
    }

    private static byte[] liar(int size) {
        return ByteBuffer.allocate(20)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(0xFD2FB528)
                .put((byte) 0xA0)
                .putInt(size)
                .array();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void open_ofUnknownWays_isRefused() {
        Envelope odd = new Envelope(0, 2, 0, 0, 0, -1, java.util.List.of(), Map.of(), new byte[3]);
        assertRefused(() -> compressing().open("k", odd), "compressed in a way");
        Envelope other = new Envelope(0, 0, 9, 0, 0, -1, java.util.List.of(), Map.of(), new byte[3]);
        assertRefused(() -> compressing().open("k", other), "encrypted in a way");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed-compressed.bin", "sealed-encrypted.bin", "sealed-both.bin"})
    void open_ofGoldenFile_givesItsText(String file) throws Exception {
        PayloadSeal seal = PayloadSeal.of(
                region("golden", true).toBuilder("golden").acceptPlain(true).build(), keys(258, 258));
        Envelope stored = EnvelopeFormat.decode(golden(file));
        String text = file.equals("sealed-encrypted.bin") ? "{\"name\":\"Ana\",\"age\":41}" : TEXT;
        assertThat(new String(seal.open("conv:42", stored).payload(), UTF_8)).isEqualTo(text);
    }

    @Test
    void seal_withTheNonceOfTheGoldenFile_givesItsBytes() throws Exception {
        PayloadSeal seal = PayloadSeal.of(region("golden", true), new AesGcm(keys(258, 258), NONCE::clone));
        assertThat(EnvelopeFormat.encode(seal.seal("conv:42", json("{\"name\":\"Ana\",\"age\":41}"))))
                .isEqualTo(golden("sealed-encrypted.bin"));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = PayloadSealTest.class.getResourceAsStream("/golden/envelope-v1/" + name)) {
            return in.readAllBytes();
        }
    }
}
