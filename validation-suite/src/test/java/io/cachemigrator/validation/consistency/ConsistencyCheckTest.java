package io.cachemigrator.validation.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.translate.LegacyEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CLI-9")
class ConsistencyCheckTest {
    private static final MigrationMap SERVICES =
            MigrationMaps.builtIn("services").orElseThrow();

    private final List<LegacyEntry> legacy = new ArrayList<>(SampleEntries.all());
    private final Map<String, Envelope> target = SampleEntries.copied(legacy);

    private ConsistencyReport compare(Duration later) {
        Clock clock = Clock.fixed(SampleEntries.READ_AT.plus(later), ZoneOffset.UTC);
        return ConsistencyCheck.of(SERVICES, Map.of(), clock)
                .compare(legacy, (region, id) -> target.get(region + "/" + id));
    }

    private ConsistencyReport compare() {
        return compare(Duration.ZERO);
    }

    private void removeLegacy(String key) {
        legacy.removeIf(entry -> SampleEntries.key(entry).equals(key));
    }

    @Test
    void compare_ofCopiedSample_isConsistentAndAccountsForEveryEntry() {
        ConsistencyReport report = compare();

        assertThat(report.isConsistent()).isTrue();
        assertThat(report.entries()).isEqualTo(53);
        assertThat(report.equal()).isEqualTo(report.compared()).isEqualTo(target.size());
        assertThat(report.left()).isEqualTo(7);
        assertThat(report.parts()).isEqualTo(1);
        assertThat(report.setAside())
                .extracting(ConsistencyReport.SetAside::legacyKey)
                .contains("ngx:foreign:hash", "ngx:foreign:list");
        assertThat(report.compared() + report.expiring() + report.setAside().size() + report.left() + report.parts())
                .isEqualTo(53);
    }

    @Test
    void compare_withDamagedTarget_listsEachDifferenceOnce() {
        target.remove("conversations/conv:conv-iso");
        target.computeIfPresent(
                "agent-config/conf:agent:prompts", (place, copy) -> copy.withPayload("{}".getBytes(UTF_8)));
        target.computeIfPresent("conversations/conv:conv-invalid-phase", (place, copy) -> copy.withDeadline(-1));
        target.computeIfPresent(
                "general/bigint",
                (place, copy) -> Envelope.of(Envelope.CODEC_TEXT, copy.payload())
                        .withFlags(copy.flags())
                        .withDeadline(copy.deadlineMillis()));

        ConsistencyReport report = compare();

        assertThat(report.isConsistent()).isFalse();
        assertThat(report.differences())
                .extracting(difference -> difference.id() + " " + difference.kind())
                .containsExactlyInAnyOrder(
                        "conv:conv-iso MISSING",
                        "conf:agent:prompts VALUE",
                        "conv:conv-invalid-phase TTL",
                        "bigint TYPE");
        assertThat(report.equal()).isEqualTo(report.compared() - 4);
        assertThat(report.differences().toString()).doesNotContain("loaded_at", "nonsense");
    }

    @Test
    void compare_ofCounters_expectsTheirSum() {
        assertThat(target.get("metrics/metr:api:requests").payload()).asString().isEqualTo("1508");

        target.computeIfPresent("metrics/metr:api:requests", (place, copy) -> copy.withPayload("1500".getBytes(UTF_8)));
        assertThat(compare().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.id()).isEqualTo("metr:api:requests");
            assertThat(difference.kind()).isEqualTo(Difference.Kind.VALUE);
        });
    }

    @Test
    void compare_ofCounterWithoutABase_expectsWhatIsAdded() {
        removeLegacy("ngx:metr:api:requests");
        target.computeIfPresent("metrics/metr:api:requests", (place, copy) -> copy.withPayload("8".getBytes(UTF_8)));

        assertThat(compare().differences()).isEmpty();
        assertThat(compare().parts()).isZero();
    }

    @Test
    void compare_ofCountersBeyond64Bits_setsThemAside() {
        removeLegacy("ngx:metr:api:requests");
        legacy.add(SampleEntries.text("ngx:metr:api:requests", Long.toString(Long.MAX_VALUE)));

        assertThat(compare().differences()).isEmpty();
        assertThat(compare().setAside())
                .contains(new ConsistencyReport.SetAside(
                        "ngx:metrics:api:requests", "the two counters do not add up to a 64-bit number"));
    }

    @Test
    void compare_ofMistakenKey_dependsOnTheRightOne() {
        legacy.clear();
        target.clear();
        legacy.add(SampleEntries.text("ngx:ngx:user:7", "{\"mistaken\": true}"));
        target.putAll(SampleEntries.copied(legacy));
        assertThat(compare().equal()).isEqualTo(1);
        target.remove("general/user:7");
        assertThat(compare().differences())
                .singleElement()
                .extracting(Difference::kind)
                .isEqualTo(Difference.Kind.MISSING);

        legacy.add(SampleEntries.text("ngx:user:7", "{\"right\": true}"));
        target.putAll(SampleEntries.copied(legacy));
        ConsistencyReport report = compare();
        assertThat(report.equal()).isEqualTo(1);
        assertThat(report.setAside())
                .extracting(ConsistencyReport.SetAside::legacyKey)
                .containsExactly("ngx:ngx:user:7");
    }

    @Test
    void compare_ofWhatTheApplicationWroteSince_isNewer() {
        target.computeIfPresent(
                "conversations/conv:conv-iso",
                (place, copy) -> copy.withFlags(0).withPayload(new byte[0]));

        ConsistencyReport report = compare();

        assertThat(report.newer()).isEqualTo(1);
        assertThat(report.isConsistent()).isTrue();
    }

    @Test
    void compare_ofEntriesAboutToExpire_isNoDifference() {
        target.remove("conversations/conv:conv-iso");

        assertThat(compare(Duration.ofHours(2).minusSeconds(2)).differences()).hasSize(1);
        ConsistencyReport report = compare(Duration.ofHours(2).minusMillis(1_999));
        assertThat(report.differences()).isEmpty();
        assertThat(report.expiring()).isEqualTo(1);
    }

    @Test
    void of_withUnknownParameter_isRefused() {
        assertThatThrownBy(() -> ConsistencyCheck.of(SERVICES, Map.of("nonsense", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
    }
}
