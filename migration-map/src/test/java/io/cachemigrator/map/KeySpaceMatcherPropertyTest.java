package io.cachemigrator.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

@Tag("CLI-5")
class KeySpaceMatcherPropertyTest {
    private final MigrationMap services = MigrationMaps.builtIn("services").orElseThrow();
    private final KeySpaceMatcher matcher = KeySpaceMatcher.of(services, Map.of());

    @Property
    void match_anyKey_agreesWithTheLongestPrefix(@ForAll("keys") String key) {
        String expected = services.keySpaces().stream()
                .filter(space -> key.startsWith(prefix(space.pattern())))
                .map(space -> Map.entry(prefix(space.pattern()), space.name()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("");
        boolean excluded = services.exclusions().stream().anyMatch(left -> key.startsWith(prefix(left.pattern())));
        KeyMatch match = match(key);

        String actual = match instanceof KeyMatch.Claimed claimed
                ? claimed.keySpace().name()
                : match instanceof KeyMatch.Excluded ? "excluded" : "";
        assertThat(actual).isEqualTo(excluded ? "excluded" : expected);
    }

    @Property(maxDiscardRatio = 50)
    void match_anyKeyThatIsClaimed_keepsDifferentIdsApart(@ForAll("keys") String one, @ForAll("keys") String two) {
        Assume.that(!one.equals(two));
        Assume.that(match(one) instanceof KeyMatch.Claimed && match(two) instanceof KeyMatch.Claimed);
        KeyMatch.Claimed first = (KeyMatch.Claimed) match(one);
        KeyMatch.Claimed second = (KeyMatch.Claimed) match(two);
        Assume.that(first.keySpace().equals(second.keySpace()));

        assertThat(target(first)).isNotEqualTo(target(second));
    }

    @Property
    void match_anyBytes_neverFails(@ForAll byte[] key) {
        assertThat(matcher.match(key)).isNotNull();
    }

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> head = Arbitraries.of(
                "ngx:conv:", "ngx:", "ngx:metr", "ngx:metrics:", "ngx:ngx:", "ngx:http", "ngx_test:", "ngx:tag:", "x");
        Arbitrary<String> tail = Arbitraries.strings().withChars("ab:_ñ").ofMaxLength(6);
        return head.flatMap(start -> tail.map(start::concat));
    }

    private static String prefix(String pattern) {
        String literal = pattern.replace("{namespace}", "ngx");
        int variable = literal.indexOf('{');
        return variable < 0 ? literal : literal.substring(0, variable);
    }

    private static String target(KeyMatch.Claimed claimed) {
        byte[] legacyKey = claimed.targetLegacyKey();
        return claimed.targetId() + "|" + (legacyKey == null ? "" : new String(legacyKey, StandardCharsets.UTF_8));
    }

    private KeyMatch match(String key) {
        return matcher.match(key.getBytes(StandardCharsets.UTF_8));
    }
}
