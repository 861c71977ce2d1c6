package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/**
 * Reads what nobody has written, guided by what code the bytes reach. A normal build reads the inputs that are kept beside this
 * class: the golden files, and whatever a search has found. With {@code JAZZER_FUZZ=1} in the environment it searches.
 */
@Tag("SVC-8")
class EnvelopeCoverageFuzzTest {
    private static final int MOST = 1 << 20;

    private final List<PayloadSeal> seals = List.of(seal(false, false), seal(true, true), seal(true, false));

    private static PayloadSeal seal(boolean encrypted, boolean acceptPlain) {
        return PayloadSeal.of(
                RegionConfig.builder("golden")
                        .maxValueBytes(MOST)
                        .encrypted(encrypted)
                        .acceptPlain(acceptPlain)
                        .build(),
                EncryptionConfig.of(258, Map.of(258, new byte[32])));
    }

    @FuzzTest(maxDuration = "10m")
    void decodeAndOpen(byte[] hostile) throws EnvelopeException {
        Envelope decoded;
        try {
            decoded = EnvelopeFormat.decode(hostile);
        } catch (EnvelopeException refused) {
            requireModest(refused, hostile);
            return;
        }
        // what is read is written in the same way
        assertThat(EnvelopeFormat.decode(EnvelopeFormat.encode(decoded))).isEqualTo(decoded);
        for (PayloadSeal seal : seals) {
            try {
                Envelope opened = seal.open("conv:42", decoded);
                assertThat(opened.isPlain()).isTrue();
                assertThat(opened.payload().length).isLessThanOrEqualTo(MOST);
            } catch (EnvelopeException refused) {
                requireModest(refused, hostile);
            }
        }
    }

    private static void requireModest(EnvelopeException refused, byte[] hostile) {
        assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
        assertThat(new String(hostile, UTF_8)).doesNotContain(refused.getMessage());
    }
}
