package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/**
 * Reads what nobody has written: golden files with bytes changed, cut out, repeated, and lengths replaced by extreme ones. The
 * outcome is an envelope or an exception of the reader's own, and takes memory in proportion to the bytes.
 */
@Tag("SVC-8")
class EnvelopeFuzzTest {
    private static final int[] EXTREMES = {0, 1, -1, 0x7FFF, 0xFFFF, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 29};
    private static final List<byte[]> SEEDS = seeds();

    private final PayloadSeal seal = PayloadSeal.of(
            RegionConfig.builder("golden").maxValueBytes(1 << 20).build(),
            EncryptionConfig.of(258, Map.of(258, new byte[32])));

    private static List<byte[]> seeds() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden/envelope-v1"))) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .map(EnvelopeFuzzTest::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Loads classes, which takes memory that is not the hostile bytes'. */
    EnvelopeFuzzTest() throws EnvelopeException {
        PayloadSeal writer = PayloadSeal.of(
                RegionConfig.builder("golden").encrypted(true).build(),
                EncryptionConfig.of(258, Map.of(258, new byte[32])));
        Envelope plain = Envelope.of(Envelope.CODEC_TEXT, new byte[] {'x'});
        assertThat(seal.open("conv:42", writer.seal("conv:42", plain))).isEqualTo(plain);
    }

    @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
    void decodeAndOpen_ofHostileBytes_giveAnEnvelopeOrTheirException(@ForAll long choice) {
        byte[] hostile = mutated(new Random(choice));
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            Envelope opened = seal.open("conv:42", EnvelopeFormat.decode(hostile));
            assertThat(opened.isPlain()).isTrue();
            assertThat(opened.payload().length).isLessThanOrEqualTo(1 << 20);
        } catch (EnvelopeException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
            assertThat(new String(hostile, UTF_8)).doesNotContain(refused.getMessage());
        }
        long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(taken).isLessThan(4 << 20);
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(50));
                case 2 -> {
                    if (at + 4 <= bytes.length) {
                        ByteBuffer.wrap(bytes).putInt(at, EXTREMES[random.nextInt(EXTREMES.length)]);
                    }
                }
                case 3 -> {
                    if (at + 2 <= bytes.length) {
                        ByteBuffer.wrap(bytes).putShort(at, (short) EXTREMES[random.nextInt(EXTREMES.length)]);
                    }
                }
                default -> {
                    if (at < bytes.length) {
                        bytes[at] = (byte) random.nextInt();
                    }
                }
            }
        }
        return bytes;
    }
}
