package io.cachemigrator.map.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-1")
class FernetKeysTest {
    private static final String FIRST = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String SECOND = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    private final FernetKeys keys = FernetKeys.of(List.of(FIRST, SECOND));

    @Test
    void seal_givenTimeAndStart_isTheTokenOfTheLegacyWriters() {
        byte[] content = "rawj:\"Zoë\"".getBytes(UTF_8);
        SecureRandom sevens = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 7);
            }
        };
        assertThat(keys.seal(content, Instant.ofEpochSecond(1_760_954_400L), sevens))
                .isEqualTo(FernetTokens.seal(FIRST, content));
    }

    @Test
    void seal_twice_differsAndOpensWithTheFirstKeyOnly() {
        byte[] content = new byte[10_000];
        SecureRandom random = new SecureRandom();
        byte[] one = keys.seal(content, Instant.EPOCH, random);
        assertThat(one).isNotEqualTo(keys.seal(content, Instant.EPOCH, random));
        assertThat(FernetKeys.of(List.of(FIRST)).open(one)).isEqualTo(content);
        assertThat(FernetKeys.of(List.of(SECOND)).open(one)).isNull();
        one[500] ^= 1;
        assertThat(keys.open(one)).isNull();
    }

    @Test
    void seal_withoutKey_isRefused() {
        assertThatThrownBy(() -> FernetKeys.NONE.seal(new byte[0], Instant.EPOCH, new SecureRandom()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no key to seal with. Give one.");
    }
}
