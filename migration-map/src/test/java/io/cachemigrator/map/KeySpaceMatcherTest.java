package io.cachemigrator.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("CLI-5")
class KeySpaceMatcherTest {
    private static final String HASH = "3e246462619e878efd20725eba29d4cd";

    private MigrationMap services;
    private KeySpaceMatcher matcher;

    @BeforeEach
    void setUp() {
        services = MigrationMaps.builtIn("services").orElseThrow();
        matcher = KeySpaceMatcher.of(services, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "ngx:conv:42, conversations, conversations, conv:42",
        "ngx:conv:whatsapp:+52:2025, conversations, conversations, conv:whatsapp:+52:2025",
        "ngx:conv:, conversations, conversations, conv:",
        "ngx:convoy:1, general, general, convoy:1",
        "ngx:metr:a:b, metrics, metrics, metr:a:b",
        "ngx:metrics:a:b, misnamed-metrics, metrics, metr:a:b",
        "ngx:response:a:b, responses, precomputed-responses, precomp:a:b",
        "ngx:http:/a?b=c, http-responses, http-responses, http:/a?b=c",
        "ngx:httpx, general, general, httpx",
        "ngx:ünï ☕, general, general, ünï ☕"
    })
    void match_aKeyOfTheNamespace_findsTheMostSpecificKeySpace(String key, String space, String region, String id) {
        KeyMatch.Claimed claimed = claimed(key);

        assertThat(claimed.keySpace().name()).isEqualTo(space);
        assertThat(claimed.region()).isEqualTo(region);
        assertThat(claimed.targetId()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"ngx_test:conv:1", "ngx", "ngxconv:1", "unrelated:app:key", "staging:conv:1", "NGX:conv:1", "''"})
    void match_aKeyOfSomebodyElse_isUnclaimed(String key) {
        assertThat(match(key)).isEqualTo(KeyMatch.Unclaimed.UNCLAIMED);
    }

    @ParameterizedTest
    @CsvSource({"ngx:decision:a", "ngx:analysis:a:1", "ngx:tag:x", "ngx:http_response:/a:1"})
    void match_aKeyOfAnExclusion_saysWhyItIsLeft(String key) {
        assertThat(match(key))
                .isInstanceOfSatisfying(
                        KeyMatch.Excluded.class,
                        excluded -> assertThat(excluded.exclusion().reason()).isNotBlank());
    }

    @Test
    void match_bytesThatAreNotUtf8_areUnclaimed() {
        byte[] key = {'n', 'g', 'x', ':', 'a', (byte) 0xff};

        assertThat(matcher.match(key)).isEqualTo(KeyMatch.Unclaimed.UNCLAIMED);
    }

    @Test
    @Tag("SHM-3")
    @Tag("services-case-29")
    void variables_aHashAtTheEnd_splitAtTheLastColon() {
        assertThat(claimed("ngx:tier:crm:77:eu:" + HASH).variables())
                .containsExactly(Map.entry("customer", "crm:77:eu"), Map.entry("hash", HASH));
        assertThat(claimed("ngx:tier:crm:77:eu").variables()).containsExactly(Map.entry("customer", "crm:77:eu"));
        assertThat(claimed("ngx:tier:" + HASH).variables()).containsExactly(Map.entry("customer", HASH));
        assertThat(claimed("ngx:tier:a:" + HASH.toUpperCase(Locale.ROOT)).variables())
                .hasSize(1);
        assertThat(claimed("ngx:emotional:cust:1001:6").variables())
                .containsExactly(Map.entry("customer", "cust:1001"), Map.entry("count", "6"));
        assertThat(claimed("ngx:exp:exp-2025:08:B").variables())
                .containsExactly(Map.entry("experiment", "exp-2025:08:B"));
    }

    @Test
    void of_anotherNamespace_putsAllInTheRegionOfItsName() {
        KeySpaceMatcher staging = KeySpaceMatcher.of(services, Map.of("namespace", "Sta_ging"));

        assertThat(staging.match(bytes("Sta_ging:conv:1"))).isInstanceOfSatisfying(KeyMatch.Claimed.class, claimed -> {
            assertThat(claimed.region()).isEqualTo("sta-ging");
            assertThat(claimed.targetId()).isEqualTo("conv:1");
        });
        assertThat(staging.match(bytes("ngx:conv:1"))).isEqualTo(KeyMatch.Unclaimed.UNCLAIMED);
    }

    @Test
    void of_parametersThatDoNotFit_isRefused() {
        assertThatThrownBy(() -> KeySpaceMatcher.of(services, Map.of("space", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[namespace]");
        assertThatThrownBy(() -> KeySpaceMatcher.of(services, Map.of("namespace", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("CLI-5")
    void scanPatterns_aNamespaceWithGlobCharacters_areEscaped() {
        assertThat(matcher.scanPatterns()).containsExactly("ngx:*");
        // defect E-18: a glob in the namespace deleted foreign keys
        assertThat(KeySpaceMatcher.of(services, Map.of("namespace", "a*b[c]?\\-^"))
                        .scanPatterns())
                .containsExactly("a\\*b\\[c\\]\\?\\\\\\-\\^:*");
    }

    @Test
    void match_anExactPattern_winsOverAPrefix() {
        MapResult result = MigrationMaps.parse("""
                format: 1
                family: shop
                title: The shop
                keySpaces:
                  - { name: all, pattern: "s:{id}", ttl: none, strategy: drop }
                  - { name: one, pattern: "s:on{{e}}", ttl: none, strategy: drop }
                exclusions:
                  - { pattern: "other:key", reason: theirs }
                """, "shop");
        KeySpaceMatcher shop = KeySpaceMatcher.of(((MapResult.Valid) result).map(), Map.of());

        assertThat(((KeyMatch.Claimed) shop.match(bytes("s:on{e}"))).keySpace().name())
                .isEqualTo("one");
        assertThat(((KeyMatch.Claimed) shop.match(bytes("s:on{e}x"))).keySpace().name())
                .isEqualTo("all");
        assertThat(shop.match(bytes("other:key"))).isInstanceOf(KeyMatch.Excluded.class);
        assertThat(shop.match(bytes("other:key2"))).isEqualTo(KeyMatch.Unclaimed.UNCLAIMED);
        assertThat(shop.scanPatterns()).containsExactly("s:*", "other:key");
    }

    private KeyMatch match(String key) {
        return matcher.match(bytes(key));
    }

    private KeyMatch.Claimed claimed(String key) {
        assertThat(match(key)).isInstanceOf(KeyMatch.Claimed.class);
        return (KeyMatch.Claimed) match(key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
