package io.cachemigrator.migrator.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Store URIs are read whole and shown without their secrets. */
@Tag("CLI-2")
class StoreUriTest {
    private static StoreUri parse(String text) {
        return StoreUri.parse("--legacy", text, Path.of("/base"));
    }

    @Test
    void parse_everyPart_isReadAndHidden() {
        StoreUri uri = parse("rediss://app:p%40ss%3Aw+rd@Cache.Local:7000/4");
        assertThat(uri.host()).isEqualTo("Cache.Local");
        assertThat(uri.port()).isEqualTo(7000);
        assertThat(uri.database()).isEqualTo(4);
        assertThat(uri.tls()).isTrue();
        assertThat(uri.user()).isEqualTo("app");
        assertThat(uri.password()).isEqualTo("p@ss:w+rd");
        assertThat(uri).hasToString("rediss://Cache.Local:7000/4");
    }

    @Test
    void parse_defaults_areFilledIn() {
        StoreUri uri = parse("redis://localhost");
        assertThat(uri.port()).isEqualTo(6379);
        assertThat(uri.database()).isZero();
        assertThat(uri.user()).isNull();
        assertThat(uri.password()).isNull();
        assertThat(uri.samePlace(parse("redis://:secret@localhost:6379/0"))).isTrue();
        assertThat(uri.samePlace(parse("redis://localhost:6379/1"))).isFalse();
        assertThat(parse("redis://:only@h").password()).isEqualTo("only");
        assertThat(parse("disk:cache")).hasToString("disk:/base/cache");
    }

    @ParameterizedTest
    @CsvSource({
        "connect to redis://user:secret@host failed, connect to redis://***@host failed",
        "redis://:se@cret@host:1/2, redis://***@host:1/2",
        "REDISS://u:p@h and jdbc:postgresql://x:y@z, REDISS://***@h and jdbc:postgresql://***@z",
        "no uri here: a@b, no uri here: a@b"
    })
    void hideSecrets_userInformation_isHidden(String text, String shown) {
        assertThat(StoreUri.hideSecrets(text)).isEqualTo(shown);
    }
}
